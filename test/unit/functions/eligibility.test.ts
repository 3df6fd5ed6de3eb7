import { beforeAll, describe, expect, it } from 'vitest';
import { evaluation } from '../../../shared/contract/evaluation/response.ts';
import { problemBody } from '../../../shared/contract/problem-body.ts';
import { PolicyStoreUnavailable } from '../../../shared/domain/policy/policy-store.ts';
import { cityPack } from '../../support/city-pack.ts';
import { publishedApi } from '../../support/published-api.ts';

const resident = { permit: { status: 'valid' }, household: { annualIncome: 60_000 } };

describe('POST /v1/evaluations', () => {
  let api: Awaited<ReturnType<typeof publishedApi>>;
  beforeAll(async () => {
    api = await publishedApi({ packs: [cityPack()], defaultPolicy: 'city' });
  });

  it('answers every service of the default policy, today in Shanghai, with all reasons', async () => {
    const { status, json } = await api.evaluate({ resident });
    expect(status).toBe(200);
    const answer = evaluation.parse(json);
    expect(answer.asOf).toBe('2024-06-01');
    expect(answer.policy).toMatchObject({ id: 'city', version: '2024' });
    expect(answer.services.map(({ code, outcome }) => [code, outcome])).toEqual([
      ['legal.aid', 'eligible'],
      ['housing.public-rental', 'eligible'],
    ]);
    expect(answer.services[1]?.conditions?.map(({ id, outcome }) => [id, outcome])).toEqual([
      ['permit', 'met'],
      ['income', 'met'],
    ]);
    expect(answer.services[1]?.entitlements).toMatchObject([{ id: 'rent-70', outcome: 'met' }]);
  });

  it('takes the day that has begun in Shanghai, not the one that goes on in Greenwich', async () => {
    const packs = [cityPack()];
    const before = await publishedApi({ packs, defaultPolicy: 'city', now: '2024-06-01T15:59:59Z' });
    const after = await publishedApi({ packs, defaultPolicy: 'city', now: '2024-06-01T16:00:00Z' });
    expect((await before.evaluate({ resident })).json.asOf).toBe('2024-06-01');
    expect((await after.evaluate({ resident })).json.asOf).toBe('2024-06-02');
  });

  it('answers the services asked for, in that order, and leaves reasons out when told to', async () => {
    const services = ['housing.public-rental', 'legal.aid'];
    const { json } = await api.evaluate({ resident, services, explain: 'none' });
    const answer = evaluation.parse(json);
    expect(answer.services.map(({ code }) => code)).toEqual(services);
    for (const service of answer.services) {
      expect(service).not.toHaveProperty('conditions');
      expect(service).not.toHaveProperty('nextSteps');
    }
  });

  it('speaks the language asked for', async () => {
    const { json, headers } = await api.evaluate({ resident }, { 'Accept-Language': 'en' });
    expect(headers).toMatchObject({ 'Content-Language': 'en' });
    expect(json.services[0].name).toBe('Legal aid');
    expect((await api.evaluate({ resident })).json.services[0].name).toBe('法律援助');
  });

  it('gives equal bytes for equal questions', async () => {
    const [first, second] = [await api.evaluate({ resident }), await api.evaluate({ resident })];
    expect(first.text).toBe(second.text);
    expect(first.headers).toMatchObject({ 'Cache-Control': 'no-store' });
  });

  it('names the last version and its last day where none is in force', async () => {
    const { status, json } = await api.evaluate({ resident, asOf: '2025-01-01' });
    expect(status).toBe(422);
    expect(problemBody.parse(json)).toMatchObject({
      code: 'no-policy-in-force',
      errors: [{ pointer: '/asOf', code: 'no-policy-in-force' }],
    });
    expect(json.detail).toContain('2024-12-31');
    expect((await api.evaluate({ resident, asOf: '2024-12-31' })).status).toBe(200);
    const early = await api.evaluate({ resident, asOf: '2023-12-31' }, { 'Accept-Language': 'en' });
    expect(early.json.detail).toBe(
      'The first version of policy city, 2024, is in force from 2024-01-01; the last one, 2024, until 2024-12-31, that day included.',
    );
  });

  it('still names them where more than the day is wrong', async () => {
    const { json } = await api.evaluate({
      resident: { birthDate: '2026-01-01' },
      asOf: '2025-01-01',
    });
    expect(json.code).toBe('invalid-request');
    expect(json.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/resident/birthDate',
      '/asOf',
    ]);
    expect(json.errors[1].detail).toContain('2024-12-31');
  });

  it('refuses every service the policy does not know, with its place', async () => {
    const { status, json } = await api.evaluate({ resident, services: ['x.y', 'legal.aid', 'x.z'] });
    expect(status).toBe(422);
    expect(json).toMatchObject({
      code: 'unknown-service',
      errors: [{ pointer: '/services/0' }, { pointer: '/services/2' }],
    });
  });

  it('refuses a policy that was never published', async () => {
    const { status, json } = await api.evaluate({ resident, policy: 'atlantis' });
    expect([status, json.code, json.errors[0].pointer]).toEqual([422, 'unknown-policy', '/policy']);
  });

  it('refuses facts that contradict each other, and tells what else is wrong with it', async () => {
    const events = [
      { type: 'endorsed', on: '2019-01-01' },
      { type: 'issued', on: '2020-01-01' },
    ];
    const contradictory = { ...resident, permit: { events } };
    const alone = await api.evaluate({ resident: contradictory });
    expect([alone.status, alone.json.code]).toEqual([422, 'contradictory-facts']);
    expect(alone.json.errors).toMatchObject([{ pointer: '/resident/permit/events/0/on' }]);

    const withService = await api.evaluate({ resident: contradictory, services: ['x.y'] });
    expect(withService.json).toMatchObject({
      code: 'invalid-request',
      errors: [
        { pointer: '/resident/permit/events/0/on' },
        { pointer: '/services/0', code: 'unknown-service' },
      ],
    });
    const withPolicy = await api.evaluate({ resident: contradictory, policy: 'atlantis' });
    expect(withPolicy.json.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/resident/permit/events/0/on',
      '/policy',
    ]);
  });

  it('is unavailable while the store is, and where the default policy is not published', async () => {
    const down = await publishedApi({ packs: [cityPack()], defaultPolicy: 'city' });
    down.store.fault = new PolicyStoreUnavailable('down');
    const answer = await down.evaluate({ resident });
    expect([answer.status, answer.json.code, answer.json.retryable]).toEqual([503, 'unavailable', true]);
    const empty = await publishedApi({ packs: [], defaultPolicy: 'city' });
    expect((await empty.evaluate({ resident })).status).toBe(503);
  });

  it('logs and counts nothing of what it was told', async () => {
    const secret = await publishedApi({ packs: [cityPack()], defaultPolicy: 'city' });
    await secret.evaluate({ resident: { birthDate: '1987-06-05' } });
    await secret.evaluate({ resident: { birthDate: '1987-06-0500' } });
    expect(secret.messages).toHaveLength(2);
    expect(JSON.stringify(secret.messages)).not.toContain('1987');
    expect(secret.problems).toEqual(['invalid-request']);
  });
});
