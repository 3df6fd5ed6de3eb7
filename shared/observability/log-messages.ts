/** The fields a message may carry, by name, and their types. No field here can hold a personal value. */
interface LogFields {
  operationId: string;
  status: number;
  durationMs: number;
  problem: string;
  /** The class of what was thrown, never its message: messages quote what they stumbled over. */
  errorName: string;
  /** Functions, files and lines only. */
  stack: readonly string[];
  policy: string;
  version: string;
  digest: string;
  ageSeconds: number;
  /** The bureau, as its credential names it. */
  source: string;
  lines: number;
  applied: number;
  duplicate: number;
  rejected: number;
  /** How many rows of a table no `when` of its mapping fits. */
  eventless: number;
  /** The numbers of the first few of them. */
  eventlessLines: readonly number[];
  finished: boolean;
  /** Why a credential was refused, or a clerk looked beyond their district: one of a few words. */
  reason: string;
  count: number;
  /** Random, or made from a key that tells nothing. */
  decisionId: string;
  engine: string;
  /** A third party's id, as operators gave it: an office's or a company's. */
  partner: string;
  /** The public part of an API key. */
  keyId: string;
  /** Which limit: `checks` or `persons`. */
  limited: string;
  /** The subject of an operator's token. */
  staff: string;
  /** The logical name of a table. */
  table: string;
  /** Where a change stands in its table's stream. */
  sequenceNumber: string;
  /** Whom changes are handed to. */
  subscriber: string;
  /** The number of a root of the audit. */
  sequence: number;
  /** How many roots of the audit. */
  roots: number;
  /** Names of the parts of a stream record at fault, never what they hold. */
  places: readonly string[];
}

export interface LogMessage {
  /** Stable: alarms and runbooks quote it. */
  readonly code: string;
  readonly level: 'info' | 'warn' | 'error';
  readonly text: string;
  readonly fields: readonly (keyof LogFields)[];
}

/** Every message the functions log. Nothing is logged that is not registered here, and only with these fields. */
export const logMessages = {
  requestCompleted: {
    code: 'PE1001',
    level: 'info',
    text: 'Request completed',
    fields: ['operationId', 'status', 'durationMs', 'problem'],
  },
  fileImported: {
    code: 'PE1002',
    level: 'info',
    text: 'Events of a file were imported',
    fields: [
      'source',
      'lines',
      'applied',
      'duplicate',
      'rejected',
      'eventless',
      'eventlessLines',
      'finished',
      'errorName',
    ],
  },
  auditAnchored: {
    code: 'PE1003',
    level: 'info',
    text: 'The audit is anchored',
    fields: ['roots'],
  },
  partnerChanged: {
    code: 'PE1004',
    level: 'info',
    text: 'A third party, its terms or its keys were changed',
    fields: ['operationId', 'partner', 'keyId', 'staff'],
  },
  credentialRefused: {
    code: 'PE2021',
    level: 'info',
    text: 'A credential was refused',
    fields: ['reason'],
  },
  staleIssuerKeys: {
    code: 'PE4021',
    level: 'warn',
    text: "An issuer's keys could not be read again; verifying with those that are remembered",
    fields: ['errorName'],
  },
  keyUseNotKept: {
    code: 'PE4022',
    level: 'warn',
    text: 'The day an API key was used on could not be kept',
    fields: ['errorName'],
  },
  credentialNotChecked: {
    code: 'PE5021',
    level: 'error',
    text: 'Whether a credential is good could not be told; nobody was let in',
    fields: ['errorName'],
  },
  stalePolicies: {
    code: 'PE4001',
    level: 'warn',
    text: 'The policy store did not answer; answering from what is remembered',
    fields: ['errorName'],
  },
  fileNotImported: {
    code: 'PE4003',
    level: 'warn',
    text: 'A file was not imported; its message is delivered again',
    fields: ['errorName'],
  },
  fileEventsNotStored: {
    code: 'PE4004',
    level: 'warn',
    text: 'Events of a file could not be stored; they are tried again',
    fields: ['source', 'count', 'errorName', 'stack'],
  },
  unknownItemKind: {
    code: 'PE4031',
    level: 'warn',
    text: 'An item of a kind this version does not know changed; told without its key',
    fields: ['table', 'sequenceNumber'],
  },
  lookedOutsideDistrict: {
    code: 'PE2031',
    level: 'info',
    text: 'A clerk looked up somebody of another district',
    fields: ['decisionId', 'reason'],
  },
  unexpectedError: {
    code: 'PE5001',
    level: 'error',
    text: 'Unexpected error; answered 500',
    fields: ['operationId', 'errorName', 'stack'],
  },
  dependencyUnavailable: {
    code: 'PE5002',
    level: 'error',
    text: 'A dependency did not answer in time; answered 503',
    fields: ['operationId', 'errorName'],
  },
  decisionDiffers: {
    code: 'PE5003',
    level: 'error',
    text: 'A decision came out differently when it was replayed',
    fields: ['decisionId', 'engine', 'policy', 'version', 'digest'],
  },
  decisionNotReplayable: {
    code: 'PE5004',
    level: 'error',
    text: 'The engine or a policy version of a decision is not to be had; not replayed',
    fields: ['decisionId', 'engine', 'policy', 'version', 'digest', 'problem'],
  },
  decisionCorrupted: {
    code: 'PE5005',
    level: 'error',
    text: 'A stored decision is not what was written; answered 500',
    fields: ['decisionId', 'errorName'],
  },
  eventsNotStored: {
    code: 'PE5006',
    level: 'error',
    text: 'Events of a resident could not be stored; the bureau was told to send them again',
    fields: ['operationId', 'count', 'errorName', 'stack'],
  },
  partnerNearLimit: {
    code: 'PE4041',
    level: 'warn',
    text: 'A third party has used 80 % of a limit of the day',
    fields: ['partner', 'limited', 'count'],
  },
  partnerCheckFailed: {
    code: 'PE5041',
    level: 'error',
    text: 'An item of a batch of checks could not be answered; the third party was told to send it again',
    fields: ['errorName', 'stack'],
  },
  deployedPackNotPublished: {
    code: 'PE5011',
    level: 'error',
    text: 'A policy version was deployed that is not published; its policy is answered from the table alone',
    fields: ['policy', 'version', 'digest'],
  },
  unreadableChange: {
    code: 'PE5031',
    level: 'error',
    text: 'A change of a table cannot be read; after the last try it goes to the dead letters',
    fields: ['table', 'sequenceNumber', 'places'],
  },
  changesNotTaken: {
    code: 'PE5032',
    level: 'error',
    text: 'Changes of a table were not taken; they are delivered again',
    fields: ['table', 'sequenceNumber', 'subscriber', 'errorName', 'stack'],
  },
  auditNotAnchored: {
    code: 'PE5033',
    level: 'error',
    text: 'The audit could not be anchored; tried again at the next run',
    fields: ['errorName', 'stack'],
  },
  rootDiffers: {
    code: 'PE5034',
    level: 'error',
    text: 'A root that was made before says something else of the audit than stands in it',
    fields: ['sequence'],
  },
} as const satisfies Record<string, LogMessage>;

export type LogMessageName = keyof typeof logMessages;

/** The fields of one message; each may be left out. */
export type FieldsOf<Name extends LogMessageName> = {
  readonly [Field in (typeof logMessages)[Name]['fields'][number]]?: LogFields[Field] | undefined;
};
