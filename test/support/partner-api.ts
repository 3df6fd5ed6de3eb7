import { createHash, randomBytes } from 'node:crypto';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Pace } from '../../functions/partners/held-back.ts';
import { readPartnersProblem } from '../../functions/partners/problems.ts';
import { partnersOperations } from '../../functions/partners/routes.ts';
import { tables } from '../../infra/tables.ts';
import type { Consent } from '../../shared/domain/consents/consent.ts';
import { requestFingerprint } from '../../shared/domain/decisions/decision-id.ts';
import type { PartnerTerms } from '../../shared/domain/partners/partner-terms.ts';
import type { Pack } from '../../shared/domain/policy/pack-schema.ts';
import { createApi } from '../../shared/http/create-api.ts';
import { CachedKeyStore } from '../../shared/security/cached-key-store.ts';
import { CachedPolicyHistories } from '../../shared/stores/cached-policy-histories.ts';
import { DynamoAuditStore } from '../../shared/stores/dynamodb/dynamo-audit-store.ts';
import { DynamoConsentStore } from '../../shared/stores/dynamodb/dynamo-consent-store.ts';
import { DynamoDecisionStore } from '../../shared/stores/dynamodb/dynamo-decision-store.ts';
import { DynamoPartnerTerms } from '../../shared/stores/dynamodb/dynamo-partner-terms.ts';
import { DynamoPartnerUsage } from '../../shared/stores/dynamodb/dynamo-partner-usage.ts';
import { DynamoReviewStore } from '../../shared/stores/dynamodb/dynamo-review-store.ts';
import { memoryKeyStore } from '../unit/security/memory-key-store.ts';
import { MemoryPolicyStore } from './memory-policy-store.ts';
import { MemoryResidentStore } from './memory-resident-store.ts';
import { lambdaContext, proxyEvent } from './proxy-event.ts';
import { recordingObservers } from './recording-log.ts';
import { canonical } from './register-api.ts';

export const consentTerms: PartnerTerms = {
  services: ['legal.aid', 'housing.public-rental', 'moon.trip'],
  purposes: ['legal-aid', 'housing-allocation'],
  lawfulBasis: 'consent',
  checksADay: 100_000,
  personsADay: 100_000,
};

export interface PartnerApiOptions {
  readonly client: DynamoDBDocumentClient;
  readonly packs: readonly Pack[];
  readonly defaultPolicy: string;
  readonly pace: Pace;
  readonly residents?: MemoryResidentStore;
}

let partners = 0;

/** The function of third parties' door, over residents and policies in memory and all else in DynamoDB. */
export async function partnerApi({ client, packs, defaultPolicy, pace, ...given }: PartnerApiOptions) {
  const policies = new MemoryPolicyStore();
  await policies.seed(...packs);
  const keyStore = memoryKeyStore();
  const residents = given.residents ?? new MemoryResidentStore(keyStore);
  const clock = { now: Date.parse('2024-06-01T04:00:00Z') };
  const observers = recordingObservers();
  const consents = new DynamoConsentStore(client, tables.decisions.name, new CachedKeyStore(keyStore));
  const decisions = new DynamoDecisionStore(
    client,
    { decisions: tables.decisions.name, audit: tables.audit.name },
    new CachedKeyStore(keyStore),
    residents,
    () => clock.now,
  );
  const audit = new DynamoAuditStore(client, tables.audit.name, { now: () => clock.now });
  const terms = new DynamoPartnerTerms(client, tables.partners.name);
  const handler = createApi({
    name: 'partners',
    operations: partnersOperations({
      histories: new CachedPolicyHistories(policies),
      defaultPolicy,
      now: () => clock.now,
      residents,
      consents,
      decisions,
      audit,
      terms,
      // Always from the first shard on, so that what is asked of the table can be compared.
      usage: new DynamoPartnerUsage({ client, table: tables.partners.name, random: () => 0 }),
      personIndex: async ({ number }) => `v1.${createHash('sha256').update(number).digest('base64url')}`,
      randomBytes,
      pace,
      readProblem: readPartnersProblem,
      ...observers,
    }),
    readProblem: readPartnersProblem,
    ...observers,
  });
  const partner = `school-${++partners}`;
  const post = async (
    resource: string,
    body: unknown,
    headers: Readonly<Record<string, string>> = {},
    caller: object = { kind: 'partner', partner, key: 'ak_0000000001' },
  ) => {
    const answer = await handler(
      proxyEvent({
        method: 'POST',
        resource,
        body: JSON.stringify(body),
        headers: { 'Content-Type': 'application/json', ...headers },
        authorizer: { ...caller },
      }),
      lambdaContext(),
    );
    return {
      status: answer.statusCode,
      headers: answer.headers ?? {},
      text: answer.body,
      json: JSON.parse(answer.body),
    };
  };
  let consentsGiven = 0;
  return {
    ...observers,
    partner,
    clock,
    residents,
    decisions,
    audit,
    reviews: new DynamoReviewStore(client, tables.decisions.name),
    consents,
    terms,
    keyStore,
    policies,
    check: (body: unknown, headers?: Readonly<Record<string, string>>, caller?: object) =>
      post('/v1/partner/checks', body, headers, caller),
    batch: (items: readonly unknown[], headers?: Readonly<Record<string, string>>) =>
      post('/v1/partner/check-batches', { items }, headers),
    agree: (change: Partial<PartnerTerms> = {}) =>
      terms.createPartner(partner, 'A school', { ...consentTerms, ...change }, '2024-01-01T00:00:00.000Z'),
    /** Gives the consent of the resident of a document, and says its id. */
    consent: async (change: Partial<Consent> = {}, document = canonical()) => {
      const id = `cn_${String(++consentsGiven).padStart(32, '0')}`;
      const consent: Consent = {
        id,
        partner,
        services: ['legal.aid', 'housing.public-rental'],
        purpose: 'legal-aid',
        until: '2024-12-31',
        givenAt: '2024-05-01T00:00:00.000Z',
        withdrawnAt: null,
        ...change,
      };
      await consents.give(consent, requestFingerprint({ consent: id }), (await residents.find(document))!);
      return id;
    },
  };
}

export type PartnerApi = Awaited<ReturnType<typeof partnerApi>>;

/** A pace on which no time passes but what is slept, with what was slept. */
export function standingPace(floor = 200): Pace & { readonly slept: number[] } {
  let now = 0;
  const slept: number[] = [];
  return {
    floor,
    slept,
    clock: () => now,
    sleep: async (milliseconds) => {
      slept.push(milliseconds);
      now += milliseconds;
    },
  };
}
