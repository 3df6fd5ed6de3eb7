import { globSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { serviceList, servicePage } from '../../../shared/contract/catalogue/response.ts';
import { fieldErrors } from '../../../shared/contract/field-errors.ts';
import { errorCatalogue, openApiDocument, status } from '../../../shared/contract/meta/response.ts';
import { policyList, policyVersionPage } from '../../../shared/contract/policies/response.ts';
import { problems } from '../../../shared/contract/problems.ts';
import { documentFaults } from '../../../shared/domain/identity/document-fault.ts';
import { packDigest } from '../../../shared/domain/policy/digest.ts';
import { packSchema } from '../../../shared/domain/policy/pack-schema.ts';
import { PolicyStoreUnavailable } from '../../../shared/domain/policy/policy-store.ts';
import { eventFaults } from '../../../shared/domain/register/event-fault.ts';
import { contradictions } from '../../../shared/domain/resident/contradictions.ts';
import { cityPack } from '../../support/city-pack.ts';
import { publishedApi } from '../../support/published-api.ts';
import { samplePackOf } from '../../support/sample-pack.ts';

let api: Awaited<ReturnType<typeof publishedApi>>;
beforeAll(async () => {
  const packs = [cityPack(), samplePackOf(2023), samplePackOf(2024)];
  api = await publishedApi({ packs, defaultPolicy: 'city' });
});

const codes = (json: { services: readonly { code: string }[] }) => json.services.map(({ code }) => code);

describe('GET /v1/services', () => {
  it('lists the services of the default policy today, each with its routes, sources and how to apply', async () => {
    const { status: code, json } = await api.get('/v1/services', { headers: { 'accept-language': 'en' } });
    expect(code).toBe(200);
    const list = serviceList.parse(json);
    expect(list).toMatchObject({ asOf: '2024-06-01', policy: { id: 'city', version: '2024' } });
    expect(list.services[1]).toEqual({
      code: 'housing.public-rental',
      name: 'Public rental housing',
      category: 'housing',
      tier: 'B',
      authority: 'Housing bureau',
      apply: { text: 'Online', windows: [{ from: '04-01', to: '04-30' }] },
      routes: [
        {
          id: 'holder',
          name: 'Permit holders',
          when: { all: ['permit', 'income'] },
          conditions: [
            {
              id: 'permit',
              text: 'Holds a valid permit',
              source: { document: 'Measures', article: '第一条', quote: '持有效居住证的', grade: 'law' },
              remedy: 'Apply for a permit',
            },
            {
              id: 'income',
              text: 'At most 100,000 yuan a year',
              source: { document: 'Measures', article: '第二条', quote: '不超过10万元', grade: 'secondary' },
              remedy: null,
            },
          ],
        },
      ],
      entitlements: [
        {
          id: 'rent-70',
          text: '70 % of the market rent',
          value: { amount: 70, unit: 'percent' },
          source: { document: 'Measures', article: '第三条', quote: '按市场租金70%', grade: 'law' },
        },
      ],
    });
  });

  it('filters by category and by tier', async () => {
    const list = async (query: Record<string, string>) =>
      codes((await api.get('/v1/services', { query })).json);
    expect(await list({ category: 'legal' })).toEqual(['legal.aid']);
    expect(await list({ tier: 'B' })).toEqual(['housing.public-rental']);
    expect(await list({ tier: 'B', category: 'legal' })).toEqual([]);
  });

  it('answers 304 in the language the caller has, and anew in the other', async () => {
    const first = await api.get('/v1/services');
    const headers = { 'If-None-Match': String(first.headers.ETag) };
    expect((await api.get('/v1/services', { headers })).status).toBe(304);
    const english = { ...headers, 'Accept-Language': 'en' };
    expect((await api.get('/v1/services', { headers: english })).status).toBe(200);
  });

  it('has no services on a day without policy, and points to the day', async () => {
    const answer = await api.get('/v1/services', { query: { asOf: '2030-01-01' } });
    expect([answer.status, answer.json.code]).toEqual([422, 'no-policy-in-force']);
    expect(answer.json.errors).toMatchObject([{ pointer: '/query/asOf' }]);
  });
});

describe('GET /v1/services/{code}', () => {
  const resource = '/v1/services/{code}';

  it('shows one service', async () => {
    const { json } = await api.get(resource, { path: { code: 'legal.aid' }, query: { asOf: '2024-12-31' } });
    expect(servicePage.parse(json)).toMatchObject({
      asOf: '2024-12-31',
      service: { code: 'legal.aid', routes: [{ when: 'permit' }], apply: { windows: [] } },
    });
  });

  it.each(['legal.nothing', 'constructor', '%2e%2e'])('does not know %s', async (code) => {
    const answer = await api.get(resource, { path: { code } });
    expect([answer.status, answer.json.code]).toEqual([404, 'service-not-found']);
  });
});

describe('GET /v1/policies', () => {
  it('lists every version with its period and digest', async () => {
    const { json } = await api.get('/v1/policies');
    const { defaultPolicy, policies } = policyList.parse(json);
    expect(defaultPolicy).toBe('city');
    expect(policies.map(({ id, versions }) => [id, versions.map(({ version }) => version)])).toEqual([
      ['city', ['2024']],
      ['sample-city', ['2023-01-01', '2024-01-01']],
    ]);
    expect(policies[0]?.versions[0]).toMatchObject({
      digest: packDigest(cityPack()),
      effective: { from: '2024-01-01', until: '2024-12-31' },
    });
  });
});

describe('GET /v1/policies/{id}/versions/{version}', () => {
  const resource = '/v1/policies/{id}/versions/{version}';

  it('hands over the whole pack, whose digest anyone can compute again', async () => {
    const { json, headers } = await api.get(resource, { path: { id: 'city', version: '2024' } });
    const page = policyVersionPage.parse(json);
    const pack = packSchema.parse(page.pack);
    expect(pack).toEqual(cityPack());
    expect(packDigest(pack)).toBe(page.digest);
    expect(headers).toMatchObject({ 'Cache-Control': 'public, max-age=86400, immutable' });
  });

  it.each([
    ['city', '2023'],
    ['atlantis', '2024'],
  ])('does not know %s %s', async (id, version) => {
    const answer = await api.get(resource, { path: { id, version } });
    expect([answer.status, answer.json.code]).toEqual([404, 'policy-version-not-found']);
  });
});

describe('GET /v1/status', () => {
  it('names versions and the policies in force today', async () => {
    const { json, headers } = await api.get('/v1/status');
    expect(status.parse(json).policies.map(({ id, version }) => `${id} ${version}`)).toEqual([
      'city 2024',
      'sample-city 2024-01-01',
    ]);
    expect(headers).toMatchObject({ 'Cache-Control': 'no-store' });
  });

  it('is 503 as soon as the store does not answer', async () => {
    const down = await publishedApi({ packs: [cityPack()], defaultPolicy: 'city' });
    expect((await down.get('/v1/status')).status).toBe(200);
    down.store.fault = new PolicyStoreUnavailable('down');
    expect((await down.get('/v1/status')).json).toMatchObject({ status: 503, code: 'unavailable' });
    expect((await down.get('/v1/errors')).status).toBe(200);
  });
});

describe('GET /v1/errors and /v1/openapi.json', () => {
  it('list every problem in both languages', async () => {
    const { json } = await api.get('/v1/errors');
    const catalogue = errorCatalogue.parse(json);
    expect(catalogue.problems.map(({ code }) => code)).toEqual(Object.keys(problems));
  });

  it('list every code that can stand in the errors of a problem, with its one wording', async () => {
    const { errors } = errorCatalogue.parse((await api.get('/v1/errors')).json);
    const listed = new Map(errors.map(({ code, detail }) => [code, detail]));
    const sources = [fieldErrors, documentFaults, contradictions, eventFaults].flatMap(Object.entries);
    // Two sources of one code would be two wordings of it.
    expect(errors).toHaveLength(sources.length);
    for (const [code, detail] of sources) expect([code, listed.get(code)]).toEqual([code, detail]);
  });

  it('know every code that the sources name, and no code is made anywhere else', async () => {
    const { errors, problems: known } = errorCatalogue.parse((await api.get('/v1/errors')).json);
    const codes = new Set([...errors, ...known].map(({ code }) => code));
    const files = globSync([
      'functions/**/*.ts',
      'shared/{http,json,security}/**/*.ts',
      'shared/domain/{identity,register,resident}/**/*.ts',
    ]);
    const named = files.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/\bcode(?::| =) '([\w-]+)'/g)].map((match) => match[1]!),
    );
    expect(named.length).toBeGreaterThan(20);
    // zod's own, which describeIssues reads; and a finding in an answer, which is no error.
    const others = ['custom', 'resident-not-registered'];
    expect([...new Set(named)].filter((code) => !codes.has(code) && !others.includes(code))).toEqual([]);
  });

  it('serve the description of the API', async () => {
    const { json, headers } = await api.get('/v1/openapi.json');
    const document = openApiDocument.parse(json);
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(headers).toHaveProperty('ETag');
  });
});
