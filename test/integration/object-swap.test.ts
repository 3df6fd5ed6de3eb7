import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tables } from '../../infra/tables.ts';
import type { Route } from '../../shared/contract/route.ts';
import { routes } from '../../shared/contract/routes.ts';
import { publishPolicy } from '../../shared/domain/policy/publish-policy.ts';
import { DynamoPartnerTerms } from '../../shared/stores/dynamodb/dynamo-partner-terms.ts';
import { DynamoPolicyStore } from '../../shared/stores/dynamodb/dynamo-policy-store.ts';
import { type CallerName, credentialsOf, otherDistrict } from '../support/doors/callers.ts';
import { type IdPlace, idPlacesOf } from '../support/doors/id-places.ts';
import { comparable, openProductDoors, type ProductDoors } from '../support/doors/product-doors.ts';
import { sampleDocument } from '../support/register.ts';
import { samplePackOf } from '../support/sample-pack.ts';

/**
 * Somebody else's id in the place of one's own: the answer is that to an id that nobody has, but for the id of the request.
 * The places where a route is told an id are found in its schemas (`id-places.ts`); `entries` has one for each, and a
 * place without an entry fails, as does an entry without a place. Whoever adds a route with an id says in `entries`
 * - `nobodys`: why the id has no owner it could be taken from (published things), or why any may be named, or
 * - `swapped`: who asks, and the same request once with an id that is somebody else's and once with one that is nobody's.
 *   What is asked for is made in `beforeAll`, by its owner, and `owner` shows that the owner is answered otherwise.
 */
type Entry = { readonly nobodys: string; readonly swapped?: never } | { readonly swapped: Swap };

interface Request {
  readonly path?: string;
  readonly body?: unknown;
}

interface Swap {
  readonly who: CallerName;
  readonly request: (id: string) => Request;
  /** Made before the tests, and somebody else's. */
  readonly foreign: () => string;
  /** Of the same form, and nobody's. */
  readonly unknown: string;
  /** Whose it is, and how the owner's answer differs. */
  readonly owner: { readonly who: CallerName; readonly answer: RegExp };
}

const unknownDecision = `dc_${randomBytes(24).toString('base64url')}`;
const unknownReview = `rv_${randomBytes(24).toString('base64url')}`;
let decision = '';
/** About a resident, whose they are; made at a counter of another district. */
let ownDecision = '';
let consent = '';
const reviews = { withdrawn: '', taken: '', concluded: '' };

const about = { document: sampleDocument(41), occurredOn: '2024-05-06' };
const event = (members: object): Request => ({
  body: { events: [{ ...about, eventId: 'swap-1', type: 'insurance.voided', voids: 'swap-0', ...members }] },
});
const review = { services: ['legal.aid'], asOf: '2024-06-01', ground: 'facts-wrong' };
const operators = 'Operators name and manage every third party.';
const published = 'Published, the same for everybody.';

const entries: Readonly<Partial<Record<IdPlace, Entry>>> = {
  'createEvaluation body policy': { nobodys: published },
  'getService path code': { nobodys: published },
  'getPolicyVersion path id': { nobodys: published },
  'getPolicyVersion path version': { nobodys: published },
  'createCounterCheck body document': {
    nobodys:
      'Any person may come to any counter. One who is not registered is answered too, and that is what is asked.',
  },
  'getDecision path id': {
    swapped: {
      who: 'a clerk in the district',
      request: (id) => ({ path: `/v1/decisions/${id}` }),
      foreign: () => decision,
      unknown: unknownDecision,
      owner: { who: 'a clerk of another district', answer: /"caseNumber":"SWAP-1"/ },
    },
  },
  'replayDecision path id': {
    swapped: {
      who: 'a clerk in the district',
      request: (id) => ({ path: `/v1/decisions/${id}/replay` }),
      foreign: () => decision,
      unknown: unknownDecision,
      owner: { who: 'a clerk of another district', answer: /"identical":true/ },
    },
  },
  'createReviewRequest body decisionId': {
    swapped: {
      who: 'another resident',
      request: (decisionId) => ({ body: { ...review, decisionId } }),
      foreign: () => ownDecision,
      unknown: unknownDecision,
      owner: { who: 'a resident', answer: /"state":"received"/ },
    },
  },
  'withdrawReviewRequest path id': {
    swapped: {
      who: 'another resident',
      request: (id) => ({ path: `/v1/me/review-requests/${id}` }),
      foreign: () => reviews.withdrawn,
      unknown: unknownReview,
      owner: { who: 'a resident', answer: /"state":"withdrawn"/ },
    },
  },
  'takeReview path id': {
    swapped: {
      who: 'a clerk in the district',
      request: (id) => ({ path: `/v1/counter/review-requests/${id}/take` }),
      foreign: () => reviews.taken,
      unknown: unknownReview,
      owner: { who: 'a clerk of another district', answer: /"state":"in-review"/ },
    },
  },
  'concludeReview path id': {
    swapped: {
      who: 'a clerk in the district',
      request: (id) => ({ path: `/v1/counter/review-requests/${id}/conclude`, body: { result: 'upheld' } }),
      foreign: () => reviews.concluded,
      unknown: unknownReview,
      owner: { who: 'a clerk of another district', answer: /"state":"concluded"/ },
    },
  },
  'concludeReview body decisionId': {
    swapped: {
      who: 'a clerk of another district',
      request: (decisionId) => ({
        path: `/v1/counter/review-requests/${reviews.concluded}/conclude`,
        body: { result: 'corrected', decisionId },
      }),
      foreign: () => decision,
      unknown: unknownDecision,
      owner: { who: 'a clerk in the district', answer: /"review-not-found"/ },
    },
  },
  'giveConsent body partner': {
    nobodys: 'Consent may be given to any third party there is; which there are is no secret.',
  },
  'withdrawConsent path id': {
    swapped: {
      who: 'another resident',
      request: (id) => ({ path: `/v1/me/consents/${id}` }),
      foreign: () => consent,
      unknown: `cn_${randomBytes(24).toString('base64url')}`,
      owner: { who: 'a resident', answer: /"withdrawnAt":"/ },
    },
  },
  'createPartnerCheck body document': {
    nobodys:
      'Somebody unknown, somebody who has not agreed and a service that may not be asked about look the same: partner-checks.test.ts, partner-timing.test.ts.',
  },
  'createPartnerCheck body consentId': {
    nobodys: 'A consent of somebody else gives what none gives, as the same two tests show.',
  },
  'createPartnerChecks body document': { nobodys: 'As for one check.' },
  'createPartnerChecks body consentId': { nobodys: 'As for one check.' },
  'createPartner body partnerId': { nobodys: operators },
  'getPartner path id': { nobodys: operators },
  'setPartnerTerms path id': { nobodys: operators },
  'listPartnerKeys path id': { nobodys: operators },
  'createPartnerKey path id': { nobodys: operators },
  'revokePartnerKey path id': { nobodys: operators },
  'revokePartnerKey path keyId': {
    nobodys: `${operators} A key under another's id looks like one there is not: partner-administration.test.ts.`,
  },
  'recordEvents body document': {
    nobodys: 'A bureau reports of whom it likes; whether anybody knows the person is not answered.',
  },
  'recordEvents body eventId': {
    swapped: {
      who: 'the feed of another bureau',
      request: (eventId) => event({ eventId }),
      foreign: () => 'event-of-a-feed',
      unknown: 'event-of-nobody',
      owner: { who: 'a feed', answer: /"duplicate"/ },
    },
  },
  'recordEvents body voids': {
    nobodys:
      'Names an event of the same bureau, also one still to come: always taken, and without effect on those of others.',
  },
  'recordEvents body corrects': {
    nobodys: 'As for `voids`.',
  },
};

const table: readonly Route[] = routes;
const places = table.flatMap(idPlacesOf);

let doors: ProductDoors;
let credentials: Awaited<ReturnType<typeof credentialsOf>>;

beforeAll(async () => {
  doors = await openProductDoors({ environment: { DEFAULT_POLICY: 'sample-city' } });
  credentials = await credentialsOf(doors);
  const store = new DynamoPolicyStore(doors.dynamoDb.client, tables.policies.name);
  await publishPolicy(samplePackOf(2024), { store, lint: () => [], publishedAt: new Date().toISOString() });
  const check = {
    document: sampleDocument(41),
    purpose: 'application',
    caseNumber: 'SWAP-1',
    asOf: '2024-06-01',
  };
  const made = await send('POST', '/v1/counter/checks', 'a clerk of another district', check);
  ({ checkId: decision } = (await made.json()) as { checkId: string });
  await send('POST', '/v1/registry/events', 'a feed', event({ eventId: 'event-of-a-feed' }).body);

  const permits = [1, 2].map((serial) => ({
    eventId: `permit-${serial}`,
    type: 'permit.issued',
    document: sampleDocument(serial),
    occurredOn: '2023-05-06',
    areaCode: otherDistrict,
  }));
  await send('POST', '/v1/registry/events', 'a feed', { events: permits });
  const ownCheck = { ...check, document: sampleDocument(1) };
  const ofResident = await send('POST', '/v1/counter/checks', 'a clerk of another district', ownCheck);
  ({ checkId: ownDecision } = (await ofResident.json()) as { checkId: string });
  const terms = new DynamoPartnerTerms(doors.dynamoDb.client, tables.partners.name);
  await terms.setTerms(
    'school',
    {
      services: null,
      purposes: ['legal-aid'],
      lawfulBasis: 'consent',
      checksADay: 100,
      personsADay: 100,
    },
    new Date().toISOString(),
  );
  const given = await send('POST', '/v1/me/consents', 'a resident', {
    partner: 'school',
    services: ['legal.aid'],
    purpose: 'legal-aid',
    until: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10),
  });
  ({ consentId: consent } = (await given.json()) as { consentId: string });
  for (const name of ['withdrawn', 'taken', 'concluded'] as const) {
    const asked = await send('POST', '/v1/me/review-requests', 'a resident', review);
    ({ reviewId: reviews[name] } = (await asked.json()) as { reviewId: string });
  }
  const take = `/v1/counter/review-requests/${reviews.concluded}/take`;
  await send('POST', take, 'a clerk of another district');
});
afterAll(() => doors?.stop());

function send(method: string, path: string, who: CallerName, body?: unknown): Promise<Response> {
  const Authorization = credentials[who];
  return fetch(doors.address + path, {
    method,
    headers: {
      ...(Authorization !== undefined && { Authorization }),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

/** What a caller is answered about an id, with nothing of the id in it. */
async function answerAbout(id: string, who: CallerName, { request }: Swap, route: Route) {
  const { path = route.path, body } = request(id);
  const answer = await comparable(await send(route.method, path, who, body));
  return { ...answer, body: answer.body.replaceAll(id, '') };
}

describe('ids in requests', () => {
  it('each have an entry here that says whose they are', () => {
    expect(Object.keys(entries).sort()).toEqual(places.toSorted());
    expect(places).toContain('getDecision path id');
  });

  const swaps = places.flatMap((place) => {
    const swap = entries[place]?.swapped;
    return swap === undefined
      ? []
      : [{ place, swap, route: table.find(({ operationId }) => place.startsWith(`${operationId} `))! }];
  });

  it.each(swaps)("of somebody else look like nobody's: $place", async ({ swap, route }) => {
    const foreign = await answerAbout(swap.foreign(), swap.who, swap, route);
    expect(foreign).toEqual(await answerAbout(swap.unknown, swap.who, swap, route));
    const own = await answerAbout(swap.foreign(), swap.owner.who, swap, route);
    expect(own.body).toMatch(swap.owner.answer);
    expect(own).not.toEqual(foreign);
  });
});
