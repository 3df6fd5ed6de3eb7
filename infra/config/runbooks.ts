/** Where operators read what an alarm means and what to do: a file of docs/runbooks and one of its headings. */
export const runbooks = {
  auditNotAnchored: 'docs/runbooks/audit.md#the-audit-is-not-anchored',
  apiServerErrors: 'docs/runbooks/api.md#server-errors',
  apiSlowAnswers: 'docs/runbooks/api.md#slow-answers',
  apiNearRateLimit: 'docs/runbooks/api.md#near-the-rate-limit',
  newVersionTakenBack: 'docs/runbooks/deployments.md#a-new-version-is-taken-back',
  apiAddressOverLimit: 'docs/runbooks/api.md#one-address-is-kept-out',
  functionErrors: 'docs/runbooks/functions.md#errors',
  functionThrottles: 'docs/runbooks/functions.md#throttles',
  importDeadLetters: 'docs/runbooks/import.md#dead-letters',
  importOldMessages: 'docs/runbooks/import.md#old-messages',
  streamFallingBehind: 'docs/runbooks/streams.md#falling-behind',
  streamDeadLetters: 'docs/runbooks/streams.md#dead-letters',
  tableThrottles: 'docs/runbooks/tables.md#throttled-requests',
  tableSystemErrors: 'docs/runbooks/tables.md#system-errors',
  decisionFaults: 'docs/runbooks/decisions.md#a-decision-is-not-what-it-was',
  partnerPersons: 'docs/runbooks/partners.md#a-budget-of-persons-is-nearly-used-up',
  keyExpiresSoon: 'docs/runbooks/partners.md#an-api-key-expires-soon',
  partnerChecks: 'docs/runbooks/partners.md#a-quota-is-nearly-used-up',
} as const;

export type Runbook = (typeof runbooks)[keyof typeof runbooks];
