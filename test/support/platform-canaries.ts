import type { OperationId, RouteOf } from '../../shared/contract/routes.ts';
import { addDays, civilDateInShanghai, formatCivilDate } from '../../shared/domain/calendar/civil-date.ts';
import { sampleDocument } from './register.ts';

/** Values of a person that stand nowhere else in the world, and must be seen nowhere after they were sent. */
export const canaries = {
  number: sampleDocument(7_311).number,
  /** The number of somebody who is not registered. */
  stranger: sampleDocument(7_312).number,
  name: '欧阳夜莺',
  phone: '13987654321',
  address: '暗渠后巷九十七号',
} as const;

/** All of them, and what of them would be enough to tell the person. */
export const canaryValues: readonly string[] = [
  ...Object.values(canaries),
  canaries.number.slice(0, 17),
  canaries.stranger.slice(0, 17),
];

/** Who sends a request: with which credential. */
export type Sender = 'nobody' | 'resident' | 'clerk' | 'feed' | 'operator' | 'partner';

export interface CanaryRequest {
  readonly sender?: Sender;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, or a text as it is. */
  readonly body?: unknown;
  /** What it must come to, so that the canaries are known to have got as far as that. */
  readonly status: number;
}

/** What one request may be made from: the ids that earlier ones were answered with. */
export interface Known {
  decisionId: string;
}

const { number, stranger, name, phone, address } = canaries;
const document = { type: 'resident-id', number } as const;
const unknownFields = { name, phone, address, [name]: 1, [number]: { [phone]: address }, [`n${phone}`]: 1 };
/** As bytes of UTF-8, which is how a header can hold them. */
const inHeader = (text: string) => Buffer.from(text, 'utf8').toString('latin1');
const inUrl = encodeURIComponent;

/** Headers that callers fill with what they have at hand. */
export const canaryHeaders: readonly Readonly<Record<string, string>>[] = [
  { 'X-Correlation-Id': number, 'Idempotency-Key': phone },
  { 'X-Correlation-Id': phone, 'Idempotency-Key': `"${number}"` },
  { 'X-Correlation-Id': `case-${number.slice(0, 6)}.${number.slice(6, 14)}.${number.slice(14)}` },
  {
    'X-Correlation-Id': inHeader(name),
    'Idempotency-Key': inHeader(address),
    'If-None-Match': `"${number}"`,
    'Accept-Language': inHeader(name),
    'User-Agent': `${phone} ${inHeader(name)}`,
    Cookie: `name=${inUrl(name)}; phone=${phone}`,
    Referer: `http://127.0.0.1/${number}?address=${inUrl(address)}`,
    'X-Forwarded-For': phone,
  },
];

/** Queries nobody asked for. */
export const canaryQueries = [
  `?${number}=${inUrl(name)}&asOf=${number}&services=${phone}&pageToken=${inUrl(address)}`,
  `?asOf=${inUrl(name)}&asOf=${phone}&explain=${inUrl(address)}`,
];

/** Bodies that are refused, wherever a body is taken. */
const refusedBodies = (right: object): CanaryRequest[] => [
  { status: 422, body: { ...right, ...unknownFields } },
  { status: 400, body: `{"number":"${number}","name":"${name}",` },
  { status: 400, body: `{"${name}":1,"${number}":"${address}","${name}":2}` },
  { status: 422, body: [number, name, phone, address] },
  { status: 422, body: JSON.stringify(number) },
  { status: 415, body: `number=${number}&name=${name}`, headers: { 'Content-Type': `text/${phone}` } },
];

const check = { document, purpose: 'application', caseNumber: 'CANARY-1', services: ['legal.aid'] } as const;
const about = { document, occurredOn: '2024-05-06' };
const events = (...list: readonly unknown[]) => ({ events: list });

const nothingToHide = (path: string): CanaryRequest[] => [
  { status: 200, path },
  { status: 404, path: `${path}/${number}` },
  { status: 404, path: `${path}/${inUrl(name)}/${phone}` },
];

const terms = {
  services: null,
  purposes: ['legal-aid'],
  lawfulBasis: 'consent',
  checksADay: 1_000,
  personsADay: 1_000,
} as const;
const newPartner = { partnerId: 'canary', name: 'An office', terms } as const;
const partnerCheck = { document, services: ['legal.aid'], purpose: 'legal-aid', asOf: '2024-06-01' } as const;
/** For a day: the clock is the platform's own. */
const newConsent = () => ({
  partner: 'canary',
  services: ['legal.aid'],
  purpose: 'legal-aid',
  until: formatCivilDate(addDays(civilDateInShanghai(Date.now()), 1)),
});
const byOperator = (...requests: readonly CanaryRequest[]): CanaryRequest[] =>
  requests.map((request) => ({ sender: 'operator', ...request }));

type OwnRequests = (known: Known) => readonly CanaryRequest[];

/**
 * What is sent to each operation besides what every one is sent. A route that is not here does not compile: whoever adds
 * one says here where its callers could put a person's values.
 */
export const canaryRequests = {
  createEvaluation: () => [
    { status: 200, body: { asOf: '2024-06-01', resident: { permit: { status: 'valid' } } } },
    ...refusedBodies({ asOf: '2024-06-01', resident: {} }),
    {
      status: 422,
      body: { asOf: number, policy: phone, services: [name, number], resident: { birthDate: name } },
    },
    { status: 422, body: { resident: { ...unknownFields, permit: { status: name, areaCode: number } } } },
    { status: 422, body: { asOf: '2024-06-01', policy: phone, resident: {} } },
    { status: 422, body: { asOf: '2024-06-01', services: [`n${number}`, phone], resident: {} } },
  ],
  getMyEligibility: () => [
    { sender: 'resident', status: 200, path: '/v1/me/eligibility?asOf=2024-06-01' },
    {
      sender: 'resident',
      status: 422,
      path: `/v1/me/eligibility?services=${number},${phone}&asOf=2024-06-01`,
    },
    { sender: 'resident', status: 422, path: `/v1/me/eligibility?number=${number}&asOf=${phone}` },
    { sender: 'clerk', status: 403, path: `/v1/me/eligibility?number=${number}` },
  ],
  createReviewRequest: () => [
    {
      sender: 'resident',
      status: 201,
      headers: { 'Idempotency-Key': phone },
      body: { services: ['legal.aid'], asOf: '2024-06-01', ground: 'facts-wrong' },
    },
    {
      sender: 'resident',
      status: 422,
      body: { decisionId: number, services: [phone, `n${number}`], ground: address, ...unknownFields },
    },
    { sender: 'clerk', status: 403, body: { services: ['legal.aid'], ground: name } },
  ],
  listMyReviewRequests: () => [
    { sender: 'resident', status: 200 },
    { sender: 'clerk', status: 403 },
  ],
  withdrawReviewRequest: () => [
    { sender: 'resident', status: 404, path: `/v1/me/review-requests/${number}` },
    { sender: 'resident', status: 404, path: `/v1/me/review-requests/rv_${number.padEnd(32, '0')}` },
  ],
  listOpenReviews: () => [
    { sender: 'clerk', status: 200 },
    { sender: 'resident', status: 403, path: `/v1/counter/review-requests?${number}` },
  ],
  takeReview: () => [
    { sender: 'clerk', status: 404, path: `/v1/counter/review-requests/${number}/take` },
    {
      sender: 'clerk',
      status: 404,
      path: `/v1/counter/review-requests/rv_${number.padEnd(32, '0')}/take`,
      body: unknownFields,
    },
  ],
  concludeReview: () => [
    {
      sender: 'clerk',
      status: 404,
      path: `/v1/counter/review-requests/${number}/conclude`,
      body: { result: 'upheld' },
    },
    {
      sender: 'clerk',
      status: 422,
      path: `/v1/counter/review-requests/rv_${'0'.repeat(32)}/conclude`,
      body: { result: phone, decisionId: number, ...unknownFields },
    },
  ],
  getMyAccessLog: () => [
    { sender: 'resident', status: 200, path: '/v1/me/access-log?pageSize=100' },
    { sender: 'resident', status: 400, path: `/v1/me/access-log?pageToken=${number}` },
    { sender: 'resident', status: 422, path: `/v1/me/access-log?pageSize=${number}&${phone}=${number}` },
    { sender: 'clerk', status: 403, path: `/v1/me/access-log?number=${number}` },
  ],
  getMyRecord: () => [
    { sender: 'resident', status: 200 },
    { sender: 'feed', status: 403 },
  ],
  listMyConsents: () => [{ sender: 'resident', status: 200 }],
  giveConsent: () =>
    [
      { status: 201, body: newConsent(), headers: { 'Idempotency-Key': phone } },
      { status: 201, body: newConsent(), headers: { 'Idempotency-Key': phone } },
      { status: 422, body: newConsent(), headers: { 'Idempotency-Key': `"${number}"` } },
      { status: 422, body: { ...newConsent(), partner: number } },
      { status: 422, body: { ...newConsent(), partner: 'nobody', services: [`n${number}`, phone] } },
      { status: 422, body: { ...newConsent(), purpose: address, until: name } },
      ...refusedBodies(newConsent()),
    ].map((request) => ({ sender: 'resident', ...request })),
  withdrawConsent: () => [
    { sender: 'resident', status: 404, path: `/v1/me/consents/cn_${number.padEnd(32, '0')}` },
    { sender: 'resident', status: 404, path: `/v1/me/consents/${inUrl(name)}` },
    { sender: 'clerk', status: 403, path: `/v1/me/consents/${phone}` },
  ],
  createCounterCheck: () =>
    (
      [
        { status: 201, body: { ...check, asOf: '2024-06-01' }, headers: { 'Idempotency-Key': phone } },
        { status: 201, body: { ...check, asOf: '2024-06-01' }, headers: { 'Idempotency-Key': phone } },
        {
          status: 201,
          body: { ...check, asOf: '2024-06-01', document: { type: 'resident-id', number: stranger } },
        },
        { status: 422, body: { ...check, asOf: '2024-05-31' }, headers: { 'Idempotency-Key': phone } },
        { status: 422, body: { ...check, caseNumber: number } },
        { status: 422, body: { ...check, caseNumber: `C-${number.slice(0, 17)}` } },
        { status: 422, body: { ...check, caseNumber: name } },
        { status: 422, body: { ...check, purpose: address } },
        { status: 422, body: check, headers: { 'Idempotency-Key': `"${number}"` } },
        { status: 422, body: { ...check, document: { type: 'hmt-permit', number } } },
        {
          status: 422,
          body: { ...check, document: { type: 'resident-id', number: `${number.slice(0, 17)}?` } },
        },
        { status: 422, body: { ...check, document: { ...document, ...unknownFields } } },
        { status: 422, body: { ...check, facts: unknownFields } },
        { status: 422, body: { ...check, services: [phone, `n${number}`] } },
        ...refusedBodies(check),
      ] as const
    ).map((request) => ({ sender: 'clerk', ...request })),
  getDecision: ({ decisionId }) => [
    { sender: 'clerk', status: 200, path: `/v1/decisions/${decisionId}` },
    { sender: 'clerk', status: 404, path: `/v1/decisions/${number}` },
    { sender: 'clerk', status: 404, path: `/v1/decisions/${inUrl(name)}` },
    { sender: 'clerk', status: 404, path: `/v1/decisions/dc_${number.padEnd(32, '0')}` },
    { sender: 'resident', status: 403, path: `/v1/decisions/${decisionId}?${number}` },
  ],
  replayDecision: ({ decisionId }) => [
    { sender: 'clerk', status: 200, path: `/v1/decisions/${decisionId}/replay`, body: unknownFields },
    { sender: 'clerk', status: 404, path: `/v1/decisions/${number}/replay` },
    { sender: 'clerk', status: 404, path: `/v1/decisions/${inUrl(address)}/replay`, body: `{"${name}` },
  ],
  recordEvents: () =>
    (
      [
        {
          status: 207,
          body: events(
            { ...about, eventId: 'canary-1', type: 'permit.endorsed' },
            { ...about, eventId: 'canary-2', type: 'household.updated', household: { size: 3 } },
            { ...about, eventId: 'canary-3', type: 'permit.endorsed', ...unknownFields },
            { ...about, eventId: number, type: 'permit.endorsed' },
            { ...about, eventId: `e-${number.slice(0, 17)}`, type: 'permit.endorsed' },
            { ...about, eventId: 'canary-4', type: name, occurredOn: phone },
            { ...about, eventId: 'canary-5', type: 'household.updated', household: unknownFields },
            { ...about, eventId: 'canary-6', type: 'permit.issued', areaCode: number },
            {
              eventId: 'canary-7',
              type: 'permit.endorsed',
              document: { type: 'resident-id', number: `${number}0` },
            },
            number,
          ),
        },
        ...refusedBodies(events({ ...about, eventId: 'canary-8', type: 'permit.endorsed' })),
      ] as const
    ).map((request) => ({ sender: 'feed', ...request })),
  createPartnerCheck: () =>
    [
      { status: 201, body: partnerCheck, headers: { 'Idempotency-Key': phone } },
      { status: 201, body: partnerCheck, headers: { 'Idempotency-Key': phone } },
      { status: 201, body: { ...partnerCheck, document: { type: 'resident-id', number: stranger } } },
      { status: 201, body: { ...partnerCheck, services: ['no.such-service'] } },
      { status: 422, body: { ...partnerCheck, services: [`s${phone}`] } },
      { status: 422, body: { ...partnerCheck, asOf: '2024-05-31' }, headers: { 'Idempotency-Key': phone } },
      { status: 422, body: partnerCheck, headers: { 'Idempotency-Key': `"${number}"` } },
      { status: 422, body: { ...partnerCheck, document: { ...document, ...unknownFields } } },
      { status: 422, body: { ...partnerCheck, purpose: name, consentId: number } },
      ...refusedBodies(partnerCheck),
    ].map((request) => ({ sender: 'partner', ...request })),
  createPartnerChecks: () =>
    [
      {
        status: 207,
        body: {
          items: [
            partnerCheck,
            { ...partnerCheck, ...unknownFields },
            { ...partnerCheck, document: { type: 'resident-id', number: `${number}0` } },
            number,
          ],
        },
      },
      ...refusedBodies({ items: [partnerCheck] }),
    ].map((request) => ({ sender: 'partner', ...request })),
  createPartner: () =>
    byOperator(
      { status: 201, body: newPartner, headers: { 'Idempotency-Key': `"${number}"` } },
      { status: 201, body: newPartner },
      { status: 409, body: { ...newPartner, name: 'Another' } },
      ...[number, phone, `p-${phone}`].map((partnerId) => ({
        status: 422,
        body: { ...newPartner, partnerId },
      })),
      { status: 422, body: { ...newPartner, terms: { ...terms, ...unknownFields, purposes: [name] } } },
      ...refusedBodies(newPartner),
    ),
  listPartners: () =>
    byOperator(
      { status: 200 },
      { status: 400, path: `/v1/admin/partners?pageToken=${number}` },
      { status: 422, path: `/v1/admin/partners?pageSize=${phone}&${number}=1` },
    ),
  getPartner: () =>
    byOperator(
      { status: 200, path: '/v1/admin/partners/canary' },
      { status: 404, path: `/v1/admin/partners/${number}` },
    ),
  setPartnerTerms: () =>
    byOperator(
      { status: 200, path: '/v1/admin/partners/canary/terms', body: terms },
      { status: 404, path: `/v1/admin/partners/${phone}/terms`, body: terms },
      ...refusedBodies(terms).map((request) => ({ ...request, path: '/v1/admin/partners/canary/terms' })),
    ),
  listPartnerKeys: () =>
    byOperator(
      { status: 200, path: '/v1/admin/partners/canary/keys' },
      { status: 404, path: `/v1/admin/partners/${number}/keys` },
    ),
  createPartnerKey: () =>
    byOperator(
      {
        status: 201,
        path: '/v1/admin/partners/canary/keys',
        body: {},
        headers: { 'Idempotency-Key': phone },
      },
      {
        status: 409,
        path: '/v1/admin/partners/canary/keys',
        body: {},
        headers: { 'Idempotency-Key': phone },
      },
      { status: 422, path: '/v1/admin/partners/canary/keys', body: { ipRanges: [number, name] } },
      { status: 422, path: '/v1/admin/partners/canary/keys', body: { scopes: [address] } },
      ...refusedBodies({}).map((request) => ({ ...request, path: '/v1/admin/partners/canary/keys' })),
    ),
  revokePartnerKey: () =>
    byOperator(
      { status: 404, path: '/v1/admin/partners/canary/keys/ak_0000000000' },
      { status: 404, path: `/v1/admin/partners/canary/keys/${number}` },
      { status: 404, path: `/v1/admin/partners/${phone}/keys/${inUrl(name)}` },
    ),
  listServices: () => [
    { status: 200, path: '/v1/services?asOf=2024-06-01' },
    { status: 422, path: `/v1/services?asOf=${number}&policy=${phone}` },
  ],
  getService: () => [
    { status: 200, path: '/v1/services/legal.aid?asOf=2024-06-01' },
    { status: 404, path: `/v1/services/${number}?asOf=2024-06-01` },
    { status: 404, path: `/v1/services/${inUrl(name)}?asOf=2024-06-01` },
  ],
  listPolicies: () => [{ status: 200 }, { status: 404, path: `/v1/policies/${number}` }],
  getPolicyVersion: () => [
    { status: 200, path: '/v1/policies/sample-city/versions/2024-01-01' },
    { status: 404, path: `/v1/policies/${number}/versions/2024-01-01` },
    { status: 404, path: `/v1/policies/sample-city/versions/${inUrl(name)}` },
  ],
  getStatus: () => nothingToHide('/v1/status'),
  listErrors: () => nothingToHide('/v1/errors'),
  getOpenApi: () => nothingToHide('/v1/openapi.json'),
} satisfies { readonly [Id in OperationId]: OwnRequests };

/** A path of an operation with a canary in the place of every parameter. */
export function pathWithCanaries(path: RouteOf<OperationId>['path']): string {
  return path.replace(/\{[^}]+\}/g, number);
}
