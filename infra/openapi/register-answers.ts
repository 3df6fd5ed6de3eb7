import { counterOperations } from '../../functions/counter/routes.ts';
import { residentsOperations } from '../../functions/residents/routes.ts';
import { type CounterCheckRequest, counterCheckRequest } from '../../shared/contract/counter/request.ts';
import type { ReviewPage } from '../../shared/contract/reviews/response.ts';
import type { AccessEntry, AuditEntry } from '../../shared/domain/audit/audit-entry.ts';
import type { Consent } from '../../shared/domain/consents/consent.ts';
import type { Decision } from '../../shared/domain/decisions/decision.ts';
import { normaliseDocument } from '../../shared/domain/identity/normalise-document.ts';
import type { PolicyHistories } from '../../shared/domain/policy/policy-histories.ts';
import { foldEvents } from '../../shared/domain/register/fold-events.ts';
import type { RegisterEvent } from '../../shared/domain/register/register-event.ts';
import type { KnownResident } from '../../shared/domain/register/resident-store.ts';
import { moved, type Review } from '../../shared/domain/reviews/review.ts';
import type { ReviewStore } from '../../shared/domain/reviews/review-store.ts';
import type { OperationInput, Reply } from '../../shared/http/exchange.ts';
import { PageTokens } from '../../shared/http/page-token.ts';
import { unobserved } from '../../shared/observability/unobserved.ts';
import type { ContractExample } from './examples.ts';

const example = '1';
const summary = 'Of somebody the bureaus have told a little of';
const madeAt = '2024-06-01T02:30:00.000Z';

/** What the bureaus have told of the person of the examples; the number is nobody's. */
const document = normaliseDocument({ type: 'resident-id', number: '000000189912310012' }).document!;
const events: readonly RegisterEvent[] = [
  {
    type: 'resident.registered',
    source: 'police',
    eventId: 'p-1',
    occurredOn: '2018-03-01',
    birthDate: '1990-05-01',
  },
  { type: 'permit.issued', source: 'police', eventId: 'p-2', occurredOn: '2023-07-01', areaCode: '510107' },
  {
    type: 'residence.registered',
    source: 'police',
    eventId: 'p-3',
    occurredOn: '2018-03-01',
    areaCode: '510107',
  },
  {
    type: 'household.updated',
    source: 'civil-affairs',
    eventId: 'c-1',
    occurredOn: '2024-01-01',
    household: { size: 3 },
  },
];
const known: KnownResident = {
  residentId: 'rs_AAAAAAAAAAAAAAAAAAAAAA',
  document,
  record: foldEvents(events),
  wrappedKey: new Uint8Array(),
};

/**
 * What the resident and the counter door really answer to the example requests, about a person of the examples alone.
 *
 * @param histories the policies of the repository.
 */
export async function registerAnswers(
  examples: readonly ContractExample[],
  histories: PolicyHistories,
): Promise<ContractExample[]> {
  let kept: Decision | null = null;
  const accesses: AccessEntry[] = [];
  const world = {
    histories,
    defaultPolicy: 'chengdu',
    now: () => Date.parse(madeAt),
    residents: { find: async () => known },
    audit: {
      record: async (entries: readonly AuditEntry[]) => {
        accesses.push(...entries.filter((entry) => entry.type === 'access'));
        return entries.map(() => 'recorded' as const);
      },
      accesses: async () => ({ entries: accesses.toReversed(), next: null }),
    },
    reviews: reviewsInMemory(),
    consents: {
      give: async (consent: Consent) => ({ outcome: 'given', consent }) as const,
      listOf: async () => [],
      withdraw: async () => null,
    },
    partners: { termsOf: async () => null },
    decisions: {
      keep: async (decision: Decision, _: unknown, access: AccessEntry) => {
        kept = decision;
        accesses.push(access);
        return { outcome: 'kept' as const, decision };
      },
      read: async () => kept && { decision: kept, residentId: known.residentId },
    },
    pageTokens: new PageTokens({
      generateDataKey: nothing,
      unwrap: nothing,
    }),
    randomBytes: (count: number) => new Uint8Array(count).map((_, index) => (index * 37 + 11) % 256),
  };
  const counter = counterOperations({ ...world, ...unobserved });
  const residents = residentsOperations(world);
  const common = {
    path: undefined,
    query: undefined,
    body: undefined,
    language: 'zh-CN',
    idempotencyKey: null,
  } as const;
  const self = {
    kind: 'resident',
    subject: 'resident-1',
    documentType: document.type,
    documentNumber: document.number,
  } as const;
  const clerk = { kind: 'clerk', subject: 'clerk-7', district: '510107', post: 'window-3' } as const;

  const answers: ContractExample[] = [];
  const add = (operationId: string, of: string, name: string, words: string, reply: Reply) => {
    const value = typeof reply.body === 'string' ? JSON.parse(reply.body) : reply.body;
    answers.push({ operationId, of, name, summary: words, value });
  };
  const query = { services: 'legal.aid', explain: 'summary' } as const;
  add(
    'getMyEligibility',
    '200',
    example,
    summary,
    await residents.getMyEligibility({ ...common, operationId: 'getMyEligibility', query, caller: self }),
  );
  add(
    'getMyRecord',
    '200',
    example,
    summary,
    await residents.getMyRecord({ ...common, operationId: 'getMyRecord', caller: self }),
  );
  for (const { operationId, of, name, summary: words, value } of examples) {
    if (operationId !== 'createCounterCheck' || of !== 'request') continue;
    const body: CounterCheckRequest = counterCheckRequest.parse(value);
    const input: OperationInput<'createCounterCheck'> = { ...common, operationId, body, caller: clerk };
    add(operationId, '201', name, `The answer to: ${words}`, await counter.createCounterCheck(input));
    const path = { id: (kept as Decision | null)!.id };
    add(
      'getDecision',
      '200',
      name,
      `The decision on: ${words}`,
      await counter.getDecision({ ...common, operationId: 'getDecision', path, caller: clerk }),
    );
    add(
      'replayDecision',
      '200',
      name,
      `Again: ${words}`,
      await counter.replayDecision({ ...common, operationId: 'replayDecision', path, caller: clerk }),
    );
  }
  const reviewed = {
    decisionId: (kept as Decision | null)!.id,
    services: ['legal.aid'],
    ground: 'facts-wrong' as const,
  };
  const requested = await residents.createReviewRequest({
    ...common,
    operationId: 'createReviewRequest',
    body: reviewed,
    caller: self,
  });
  const reviewPath = { id: (requested.body as ReviewPage).reviewId };
  answers.push({
    operationId: 'createReviewRequest',
    of: 'request',
    name: example,
    summary: 'The record is wrong',
    value: reviewed,
  });
  add('createReviewRequest', '201', example, 'It was received', requested);
  add(
    'listOpenReviews',
    '200',
    example,
    'One that waits',
    await counter.listOpenReviews({ ...common, operationId: 'listOpenReviews', caller: clerk }),
  );
  add(
    'takeReview',
    '200',
    example,
    'It is in review',
    await counter.takeReview({ ...common, operationId: 'takeReview', path: reviewPath, caller: clerk }),
  );
  const conclusion = { result: 'upheld' } as const;
  add(
    'concludeReview',
    '200',
    example,
    'It is concluded',
    await counter.concludeReview({
      ...common,
      operationId: 'concludeReview',
      path: reviewPath,
      body: conclusion,
      caller: clerk,
    }),
  );
  answers.push({
    operationId: 'concludeReview',
    of: 'request',
    name: example,
    summary: 'The answer was right',
    value: conclusion,
  });
  add(
    'listMyReviewRequests',
    '200',
    example,
    'One that is concluded',
    await residents.listMyReviewRequests({ ...common, operationId: 'listMyReviewRequests', caller: self }),
  );
  const page = { ...common, operationId: 'getMyAccessLog', query: {}, caller: self } as const;
  add('getMyAccessLog', '200', example, 'After the other examples', await residents.getMyAccessLog(page));
  return answers;
}

/** The examples fit on one page. */
function nothing(): never {
  throw new Error('There is no second page of examples.');
}

/** A store of the requests for review that the examples make. */
function reviewsInMemory(): ReviewStore {
  const kept = new Map<string, Review>();
  return {
    receive: async (review) => {
      kept.set(review.id, review);
      return { outcome: 'received', review };
    },
    find: async (id) => kept.get(id) ?? null,
    ofResident: async () => [...kept.values()],
    async *open() {
      yield* kept.values();
    },
    move: async (review, move) => {
      const next = moved(review, move);
      if (typeof next !== 'string') kept.set(next.id, next);
      return next;
    },
  };
}
