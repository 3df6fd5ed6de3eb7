import { randomBytes } from 'node:crypto';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { tables } from '../../../infra/tables.ts';
import openApi from '../../../openapi.json' with { type: 'json' };
import type { Door } from '../../../shared/contract/door.ts';
import type { Route } from '../../../shared/contract/route.ts';
import { routes } from '../../../shared/contract/routes.ts';
import { parseCivilDate } from '../../../shared/domain/calendar/civil-date.ts';
import { publishPolicy } from '../../../shared/domain/policy/publish-policy.ts';
import { DynamoPartnerTerms } from '../../../shared/stores/dynamodb/dynamo-partner-terms.ts';
import { DynamoPolicyStore } from '../../../shared/stores/dynamodb/dynamo-policy-store.ts';
import { type CallerName, credentialsOf } from '../doors/callers.ts';
import { openProductDoors, type ProductDoors } from '../doors/product-doors.ts';
import { sampleDocument } from '../register.ts';
import { samplePackOf } from '../sample-pack.ts';
import type { NamedValues } from './arbitrary-of-json-schema.ts';
import { type DescribedAnswer, type DescribedApi, type DoorRequest, doorRequests } from './door-requests.ts';

export interface DoorsFuzzReport {
  /** What is wrong with an answer, with the request that got it. */
  readonly faults: readonly string[];
  /** How often each operation was answered with each status. */
  readonly statuses: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly requests: number;
  readonly slowestMilliseconds: number;
}

/** Who may come in at a door, whatever the scopes. */
const rightful: Readonly<Record<Door, readonly CallerName[]>> = {
  public: ['nobody'],
  resident: ['a resident', 'another resident'],
  counter: ['a clerk in the district', 'a clerk of another district'],
  partner: ['a partner', 'a partner with consent'],
  registry: ['a feed', 'the feed of another bureau'],
  admin: ['an operator', 'a policy editor', 'a policy approver'],
};

/** Each has a version of the sample policy, so that a day that is made up is seldom without one. */
const policyYears = [2022, 2023, 2024, 2025, 2026];

/** Requests to one operation that are made at a time: holding all of them would take the memory of a machine. */
const batchSize = 200;

/**
 * Sends generated requests to every operation that openapi.json describes, through the product's own gateway
 * stand-in, authorizer, functions and database, and checks each answer against the description.
 *
 * @param count requests in all, shared evenly among the operations.
 */
export async function fuzzDoors(count: number, seed: number): Promise<DoorsFuzzReport> {
  const api = openApi as unknown as DescribedApi;
  const table: readonly Route[] = routes;
  const doors = await openProductDoors({ environment: { DEFAULT_POLICY: 'sample-city' } });
  try {
    const credentials = await credentialsOf(doors);
    const store = new DynamoPolicyStore(doors.dynamoDb.client, tables.policies.name);
    for (const year of policyYears) {
      const publishedAt = new Date().toISOString();
      await publishPolicy(samplePackOf(year), { store, lint: () => [], publishedAt });
    }
    const named = await valuesThatLeadFurther(doors, credentials);
    const faults: string[] = [];
    const statuses: Record<string, Record<string, number>> = Object.fromEntries(
      table.map(({ operationId }) => [operationId, {}]),
    );
    let slowestMilliseconds = 0;
    let requests = 0;
    const faultOf = answerCheck(api);
    const each = Math.ceil(count / table.length);
    for (let done = 0; done < each; done += batchSize) {
      for (const { method, path, door, operationId } of table) {
        const operation = api.paths[path]![method.toLowerCase()]!;
        const arbitrary = doorRequests(api, path, operation, rightful[door], {
          ...named,
          // What was withdrawn can be taken by nobody.
          ...(operationId === 'withdrawReviewRequest' && { ReviewId: named.ReviewIdToWithdraw! }),
        });
        const numRuns = Math.min(batchSize, each - done);
        for (const request of fc.sample(arbitrary, { seed: seed + done, numRuns })) {
          const started = performance.now();
          const answer = await send(doors.address, method, request, credentials);
          slowestMilliseconds = Math.max(slowestMilliseconds, performance.now() - started);
          requests++;
          const ofOperation = statuses[operationId]!;
          ofOperation[answer.status] = (ofOperation[answer.status] ?? 0) + 1;
          const fault = faultOf(operation.responses, answer);
          if (fault !== null) faults.push(`${operationId}: ${fault}: ${describeRequest(request)}`);
        }
      }
    }
    return { faults, statuses, requests, slowestMilliseconds };
  } finally {
    await doors.stop();
  }
}

type Credentials = Awaited<ReturnType<typeof credentialsOf>>;

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

async function send(
  address: string,
  method: string,
  { path, headers, body, who }: DoorRequest,
  credentials: Credentials,
): Promise<Answer> {
  const authorization = typeof who === 'string' ? credentials[who] : who.authorization;
  const response = await fetch(address + path, {
    method,
    headers: { ...headers, ...(authorization !== undefined && { Authorization: authorization }) },
    body,
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** The civil date so many days from now. */
function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

/** Ids of things that are there, and people of whom something is known. */
async function valuesThatLeadFurther(doors: ProductDoors, credentials: Credentials): Promise<NamedValues> {
  const post = async (who: CallerName, path: string, body: object) => {
    const headers = { 'Content-Type': 'application/json' };
    const request = { path, headers, body: JSON.stringify(body), who };
    const { status, text } = await send(doors.address, 'POST', request, credentials);
    if (status >= 300) throw new Error(`${path} was answered with ${status}: ${text}`);
    return JSON.parse(text);
  };
  const events = [1, 2].map((serial) => ({
    eventId: `permit-${serial}`,
    type: 'permit.issued',
    document: sampleDocument(serial),
    occurredOn: '2023-05-06',
    areaCode: '510107',
  }));
  await post('a feed', '/v1/registry/events', { events });
  const check = { document: sampleDocument(1), purpose: 'application', caseNumber: 'FUZZ-1' };
  const decisions: string[] = [];
  for (const who of ['a clerk in the district', 'a clerk of another district'] as const) {
    const made = await post(who, '/v1/counter/checks', {
      ...check,
      outsideDistrictReason: 'person-present',
    });
    decisions.push(made.checkId);
  }
  const reviews: string[] = [];
  for (let serial = 0; serial < 4; serial++) {
    const asked = await post('a resident', '/v1/me/review-requests', {
      services: ['legal.aid'],
      ground: 'facts-wrong',
    });
    reviews.push(asked.reviewId);
  }
  const terms = {
    services: null,
    purposes: ['school-admission', 'care-admission'],
    lawfulBasis: 'statutory-duty',
    checksADay: 1_000_000,
    personsADay: 1_000_000,
  } as const;
  // Those of the callers, who have no terms yet, and one more that operators may do with what they like.
  const partnerTerms = new DynamoPartnerTerms(doors.dynamoDb.client, tables.partners.name);
  for (const partner of ['school', 'care-home']) {
    await partnerTerms.setTerms(
      partner,
      { ...terms, purposes: [...terms.purposes] },
      new Date().toISOString(),
    );
  }
  await post('an operator', '/v1/admin/partners', { partnerId: 'fuzzed', name: 'Fuzzed', terms });
  const { keyId } = await post('an operator', '/v1/admin/partners/fuzzed/keys', {
    scopes: ['partner:check'],
    days: 30,
  });
  const consents: string[] = [];
  for (let serial = 0; serial < 4; serial++) {
    const { consentId } = await post('a resident', '/v1/me/consents', {
      partner: 'school',
      services: ['legal.aid'],
      purpose: 'school-admission',
      until: inDays(30),
    });
    consents.push(consentId);
  }
  const unknown = randomBytes(24).toString('base64url');
  const serviceCode = fc.oneof(
    { weight: 9, arbitrary: fc.constant('legal.aid') },
    { weight: 1, arbitrary: fc.constant('no.service') },
  );
  const documents = Array.from({ length: 200 }, (_, serial) => sampleDocument(serial));
  return {
    DecisionId: fc.constantFrom(...decisions, `dc_${unknown}`),
    ReviewId: fc.constantFrom(...reviews.slice(2), `rv_${unknown}`),
    ReviewIdToWithdraw: fc.constantFrom(...reviews.slice(0, 2), `rv_${unknown}`),
    PartnerId: fc.constantFrom('fuzzed', 'fuzzed', 'school', 'nobody'),
    ApiKeyId: fc.constantFrom(keyId, 'ak_0000000000'),
    ConsentId: fc.constantFrom(...consents, `cn_${unknown}`),
    PolicyId: fc.constantFrom('sample-city', 'sample-city', 'sample-city', 'other-city'),
    PolicyVersion: fc.constantFrom('2024-01-01', '2026-01-01', '2025-01-01'),
    ServiceCode: serviceCode,
    services: fc.array(serviceCode, { minLength: 1, maxLength: 3 }).map((codes) => codes.join(',')),
    Document: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...documents) },
      {
        weight: 1,
        arbitrary: fc.record({
          type: fc.constantFrom('resident-id', 'hmt-permit', 'foreign-pr'),
          number: fc.stringMatching(/^[0-9A-Z]{1,18}$/),
        }),
      },
    ),
    CivilDate: fc
      .date({ min: new Date('2022-01-01'), max: new Date('2027-06-30'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10)),
  };
}

/** What is wrong with an answer by the description of its operation; null when nothing is. */
function answerCheck(api: DescribedApi) {
  const ajv = new Ajv2020({ strict: false, allErrors: false });
  ajv.addFormat('date', (text: string) => parseCivilDate(text) !== null);
  ajv.addFormat('date-time', (text: string) => !Number.isNaN(Date.parse(text)));
  ajv.addSchema({ ...api, $id: 'openapi' });
  const validators = new Map<object, ReturnType<typeof ajv.compile>>();
  const validatorOf = (schema: object) => {
    let validate = validators.get(schema);
    if (validate === undefined) {
      // References of the document are to its own components.
      const text = JSON.stringify(schema).replaceAll('"#/components/', '"openapi#/components/');
      validate = ajv.compile(JSON.parse(text));
      validators.set(schema, validate);
    }
    return validate;
  };
  return (responses: Readonly<Record<string, DescribedAnswer>>, answer: Answer): string | null => {
    if (answer.status >= 500) return `status ${answer.status}`;
    const given = responses[answer.status];
    if (given === undefined) return `the status ${answer.status} is not described`;
    const described =
      given.$ref === undefined
        ? given
        : api.components.responses[given.$ref.replace('#/components/responses/', '')]!;
    const missing = Object.entries(described.headers ?? {}).filter(([name, header]) => {
      const { required } =
        header.$ref === undefined
          ? header
          : api.components.headers[header.$ref.replace('#/components/headers/', '')]!;
      return required === true && !answer.headers.has(name);
    });
    if (missing.length > 0) return `no header ${missing.map(([name]) => name).join(', ')}`;
    if (described.content === undefined) return answer.text === '' ? null : 'a body that is not described';
    const type = answer.headers.get('Content-Type')?.split(';')[0] ?? 'none';
    const content = described.content[type];
    if (content === undefined) return `the content type ${type} is not described`;
    const validate = validatorOf(content.schema);
    if (validate(JSON.parse(answer.text))) return null;
    const [error] = validate.errors ?? [];
    return `${answer.status} is not as described (${error?.instancePath} ${error?.message})`;
  };
}

function describeRequest({ path, headers, body, who }: DoorRequest): string {
  return `${JSON.stringify(who)} ${path} ${JSON.stringify(headers)} ${(body ?? '').slice(0, 1_000)}`;
}
