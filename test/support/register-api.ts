import { randomBytes } from 'node:crypto';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { readAuditProblem } from '../../functions/audit-problems.ts';
import { readConsentProblem } from '../../functions/consent-problems.ts';
import { counterOperations } from '../../functions/counter/routes.ts';
import { readDecisionProblem } from '../../functions/decision-problems.ts';
import { readPartnerProblem } from '../../functions/partner-problems.ts';
import { readPolicyProblem } from '../../functions/policy-problems.ts';
import { readRegisterProblem } from '../../functions/register-problems.ts';
import { residentsOperations } from '../../functions/residents/routes.ts';
import { readReviewProblem } from '../../functions/review-problems.ts';
import { tables } from '../../infra/tables.ts';
import type { AuditStore } from '../../shared/domain/audit/audit-store.ts';
import type { CanonicalDocument } from '../../shared/domain/identity/document.ts';
import { normaliseDocument } from '../../shared/domain/identity/normalise-document.ts';
import type { Pack } from '../../shared/domain/policy/pack-schema.ts';
import type { ResidentKeys, ResidentStore } from '../../shared/domain/register/resident-store.ts';
import { createApi } from '../../shared/http/create-api.ts';
import { PageTokens } from '../../shared/http/page-token.ts';
import { CachedKeyStore } from '../../shared/security/cached-key-store.ts';
import type { KeyStore } from '../../shared/security/key-store.ts';
import { CachedPolicyHistories } from '../../shared/stores/cached-policy-histories.ts';
import { DynamoAuditStore } from '../../shared/stores/dynamodb/dynamo-audit-store.ts';
import { DynamoConsentStore } from '../../shared/stores/dynamodb/dynamo-consent-store.ts';
import { DynamoDecisionStore } from '../../shared/stores/dynamodb/dynamo-decision-store.ts';
import { DynamoPartnerTerms } from '../../shared/stores/dynamodb/dynamo-partner-terms.ts';
import { DynamoReviewStore } from '../../shared/stores/dynamodb/dynamo-review-store.ts';
import { memoryKeyStore } from '../unit/security/memory-key-store.ts';
import { MemoryPolicyStore } from './memory-policy-store.ts';
import { MemoryResidentStore } from './memory-resident-store.ts';
import { lambdaContext, proxyEvent } from './proxy-event.ts';
import { recordingObservers } from './recording-log.ts';

/** A number of nobody: the region 000000 is no place. */
export const sampleNumber = '000000189912310012';
export const sampleDocument = { type: 'resident-id', number: sampleNumber } as const;

/** The sample document as the domain takes it. */
export function canonical(
  document: { type: 'resident-id'; number: string } = sampleDocument,
): CanonicalDocument {
  const { document: found } = normaliseDocument(document);
  if (found === undefined) throw new TypeError('not a document');
  return found;
}

export const clerk = { kind: 'clerk', subject: 'clerk-7', district: '510107', post: 'window-3' } as const;

/** What the authorizer says of the resident of a number. */
export function residentCaller(documentNumber: string = sampleNumber) {
  return { kind: 'resident', subject: 'sub-1', documentType: 'resident-id', documentNumber } as const;
}

export interface RegisterApiOptions {
  /** Reaches the decisions table. */
  readonly client: DynamoDBDocumentClient;
  readonly packs: readonly Pack[];
  readonly defaultPolicy: string;
  /** The instant it is, RFC 3339; `clock` moves it. */
  readonly now?: string;
  /** Of a process before this one; a fresh one when absent. */
  readonly keyStore?: KeyStore;
  /** Where looks are recorded, instead of in DynamoDB; decisions bring their entries to DynamoDB. */
  readonly audit?: AuditStore;
  /** Makes another register than the one in memory. */
  readonly register?: (keyStore: KeyStore) => ResidentStore & ResidentKeys;
}

interface Sent {
  readonly caller?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
}

/** The functions of the resident and the counter door, over residents and policies in memory and decisions in DynamoDB. */
export async function registerApi({
  client,
  packs,
  defaultPolicy,
  now = '2024-06-01T04:00:00Z',
  register,
  keyStore = memoryKeyStore(),
  audit: given,
}: RegisterApiOptions) {
  const policies = new MemoryPolicyStore();
  await policies.seed(...packs);
  const clock = { now: Date.parse(now) };
  const histories = new CachedPolicyHistories(policies, { maxAgeMilliseconds: 0, maxStaleMilliseconds: -1 });
  const residents = new MemoryResidentStore(keyStore);
  const inUse = register?.(keyStore) ?? residents;
  const observers = recordingObservers();
  const cachedKeys = new CachedKeyStore(keyStore);
  const audit = given ?? new DynamoAuditStore(client, tables.audit.name, { now: () => clock.now });
  const dependencies = {
    histories,
    defaultPolicy,
    now: () => clock.now,
    residents: inUse,
    decisions: new DynamoDecisionStore(
      client,
      { decisions: tables.decisions.name, audit: tables.audit.name },
      cachedKeys,
      inUse,
      () => clock.now,
    ),
    audit,
    reviews: new DynamoReviewStore(client, tables.decisions.name),
    pageTokens: new PageTokens(cachedKeys),
    consents: new DynamoConsentStore(client, tables.decisions.name, cachedKeys),
    partners: new DynamoPartnerTerms(client, tables.partners.name),
    randomBytes,
    ...observers,
  };
  const readProblem = (error: unknown) =>
    readPolicyProblem(error) ??
    readRegisterProblem(error) ??
    readDecisionProblem(error) ??
    readAuditProblem(error) ??
    readReviewProblem(error) ??
    readConsentProblem(error) ??
    readPartnerProblem(error);
  const shared = { readProblem, ...observers };
  const counter = createApi({ name: 'counter', operations: counterOperations(dependencies), ...shared });
  const residentsApi = createApi({
    name: 'residents',
    operations: residentsOperations(dependencies),
    ...shared,
  });
  /** What residents have of their own: all of it, one more, or one of them by its id. */
  const owned =
    (resource: string) =>
    async (
      method: 'GET' | 'POST' | 'DELETE',
      {
        id,
        body,
        caller = residentCaller(),
        headers = {},
      }: Sent & { readonly id?: string; readonly body?: unknown } = {},
    ) =>
      read(
        await residentsApi(
          proxyEvent({
            method,
            resource: id === undefined ? resource : `${resource}/{id}`,
            ...(id !== undefined && { path: { id } }),
            ...(body !== undefined && { body: JSON.stringify(body) }),
            headers: { ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers },
            authorizer: caller,
          }),
          lambdaContext(),
        ),
      );
  return {
    ...observers,
    policies,
    residents,
    keyStore,
    clock,
    decisions: dependencies.decisions,
    audit,
    check: async (body: unknown, { caller = clerk, headers = {} }: Sent = {}) =>
      read(
        await counter(
          proxyEvent({
            method: 'POST',
            resource: '/v1/counter/checks',
            body: JSON.stringify(body),
            headers: { 'Content-Type': 'application/json', ...headers },
            authorizer: caller,
          }),
          lambdaContext(),
        ),
      ),
    decision: async (id: string, { caller = clerk }: Sent = {}) =>
      read(
        await counter(
          proxyEvent({ resource: '/v1/decisions/{id}', path: { id }, authorizer: caller }),
          lambdaContext(),
        ),
      ),
    replay: async (id: string, { caller = clerk, headers = {} }: Sent = {}) =>
      read(
        await counter(
          proxyEvent({
            method: 'POST',
            resource: '/v1/decisions/{id}/replay',
            path: { id },
            headers,
            authorizer: caller,
          }),
          lambdaContext(),
        ),
      ),
    review: owned('/v1/me/review-requests'),
    consents: owned('/v1/me/consents'),
    handleReview: async (
      step: 'list' | 'take' | 'conclude',
      { id, body, caller = clerk }: Sent & { readonly id?: string; readonly body?: unknown } = {},
    ) =>
      read(
        await counter(
          proxyEvent({
            method: step === 'list' ? 'GET' : 'POST',
            resource: `/v1/counter/review-requests${step === 'list' ? '' : `/{id}/${step}`}`,
            ...(id !== undefined && { path: { id } }),
            ...(body !== undefined && { body: JSON.stringify(body) }),
            headers: { 'Content-Type': 'application/json' },
            authorizer: caller,
          }),
          lambdaContext(),
        ),
      ),
    me: async (
      part: 'eligibility' | 'record' | 'access-log',
      { caller = residentCaller(), headers = {}, query = {} }: Sent = {},
    ) =>
      read(
        await residentsApi(
          proxyEvent({ resource: `/v1/me/${part}`, headers, query, authorizer: caller }),
          lambdaContext(),
        ),
      ),
  };
}

export type RegisterApi = Awaited<ReturnType<typeof registerApi>>;

function read(answer: APIGatewayProxyResult) {
  const json = answer.body === '' ? null : JSON.parse(answer.body);
  return { status: answer.statusCode, headers: answer.headers ?? {}, text: answer.body, json };
}
