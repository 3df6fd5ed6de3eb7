import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tables } from '../../infra/tables.ts';
import { PartnerStoreUnavailable } from '../../shared/domain/partners/partner-store.ts';
import type { PartnerTerms } from '../../shared/domain/partners/partner-terms.ts';
import { isNear } from '../../shared/domain/partners/partner-usage.ts';
import { DynamoPartnerStore } from '../../shared/stores/dynamodb/dynamo-partner-store.ts';
import { DynamoPartnerTerms } from '../../shared/stores/dynamodb/dynamo-partner-terms.ts';
import { DynamoPartnerUsage, usageShards } from '../../shared/stores/dynamodb/dynamo-partner-usage.ts';
import { partnerUsageKeys } from '../../shared/stores/dynamodb/partner-usage-items.ts';
import { startTestDynamoDb, type TestDynamoDb } from '../support/dynamodb.ts';

const table = tables.partners.name;
const day = '2026-06-01';
const createdAt = '2026-06-01T00:00:00.000Z';
const terms: PartnerTerms = {
  services: ['legal.aid'],
  purposes: ['legal-aid'],
  lawfulBasis: 'consent',
  checksADay: 100,
  personsADay: 10,
};

let dynamoDb: TestDynamoDb;
let usage: DynamoPartnerUsage;
let store: DynamoPartnerTerms;
let partner: string;
let partners = 0;

beforeAll(async () => {
  dynamoDb = await startTestDynamoDb();
  usage = new DynamoPartnerUsage({ client: dynamoDb.client, table });
  store = new DynamoPartnerTerms(dynamoDb.client, table);
});
afterAll(() => dynamoDb.stop());
beforeEach(() => {
  partner = `partner-${++partners}`;
});

/** Lets so many clients ask for `each`, one after another, until all was asked for. */
async function clients(count: number, asked: readonly number[], ask: (wanted: number) => Promise<number>) {
  const open = [...asked];
  let got = 0;
  const client = async () => {
    for (let wanted = open.pop(); wanted !== undefined; wanted = open.pop()) {
      const more = await ask(wanted);
      got += more;
    }
  };
  await Promise.all(Array.from({ length: count }, client));
  return got;
}

describe('the checks of a day', () => {
  it.each([1, 5, 7, 8, 9, 100])('are %i where that is the limit, one at a time', async (limit) => {
    const used: number[] = [];
    for (let n = 0; n < limit; n++) {
      const one = await usage.takeChecks(partner, day, 1, limit);
      expect(one.taken).toBe(1);
      used.push(one.used);
    }
    expect(used).toEqual(Array.from({ length: limit }, (_, n) => n + 1));
    expect(await usage.takeChecks(partner, day, 1, limit)).toEqual({ taken: 0, used: limit });
    expect(await usage.takeChecks(partner, '2026-06-02', 1, limit)).toEqual({ taken: 1, used: 1 });
  });

  it('admits exactly the limit to 64 clients at a time', async () => {
    const limit = 150;
    const asked = Array.from({ length: 210 }, () => 1);
    const seen: number[] = [];
    const got = await clients(64, asked, async (wanted) => {
      const { taken, used } = await usage.takeChecks(partner, day, wanted, limit);
      seen.push(used);
      return taken;
    });
    expect(got).toBe(limit);
    expect(Math.max(...seen)).toBe(limit);
  });

  it('admits exactly the limit to 64 clients that ask for many at once', async () => {
    const limit = 1_003;
    const asked = Array.from({ length: 128 }, (_, n) => 1 + ((n * 7) % 25));
    expect(asked.reduce((sum, n) => sum + n)).toBeGreaterThan(limit);
    const got = await clients(
      64,
      asked,
      async (wanted) => (await usage.takeChecks(partner, day, wanted, limit)).taken,
    );
    expect(got).toBe(limit);
  });

  it('gives what is left where that is less than what is asked for', async () => {
    expect(await usage.takeChecks(partner, day, 100, 30)).toEqual({ taken: 30, used: 30 });
  });

  it('lets go on where the limit was raised, and no more where it was lowered', async () => {
    await usage.takeChecks(partner, day, 16, 16);
    expect(await usage.takeChecks(partner, day, 1, 8)).toEqual({ taken: 0, used: 16 });
    expect(await usage.takeChecks(partner, day, 9, 24)).toEqual({ taken: 8, used: 24 });
  });

  it('are spread over the shards', async () => {
    for (let n = 0; n < 200; n++) await usage.takeChecks(partner, day, 1, 8_000);
    const { Items = [] } = await dynamoDb.client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': partnerUsageKeys.partition(partner) },
      }),
    );
    expect(Items).toHaveLength(usageShards);
    // Deleted by the table three days after the day began.
    expect(new Set(Items.map(({ expiresAt }) => expiresAt))).toEqual(
      new Set([Date.parse('2026-06-03T16:00:00Z') / 1_000]),
    );
  });

  it('are not told from an item of another form', async () => {
    await usage.takeChecks(partner, day, 1, 10);
    await dynamoDb.client.send(
      new UpdateCommand({
        TableName: table,
        Key: partnerUsageKeys.shard(partner, 'checks', day, 3),
        UpdateExpression: 'SET #more = :more',
        ExpressionAttributeNames: { '#more': 'more' },
        ExpressionAttributeValues: { ':more': 1 },
      }),
    );
    await expect(usage.takeChecks(partner, day, 1, 10)).rejects.toThrow(PartnerStoreUnavailable);
  });
});

describe('the checks of a day that may be asked for again', () => {
  const ids = (count: number, from = 0) =>
    Array.from({ length: count }, (_, n) => `dc_${String(from + n).padStart(32, '0')}`);
  const once = (asked: readonly string[], limit: number, on = day) =>
    usage.takeChecksOnce(partner, on, asked, limit);

  it('are counted once each, on whatever day they are asked for, and told from new ones when all is used', async () => {
    expect(await once(ids(2), 3)).toEqual({ admissions: ['counted', 'counted'], used: 2 });
    expect(await once(ids(2), 3)).toEqual({ admissions: ['seen', 'seen'], used: 2 });
    expect(await once(ids(4, 1), 3)).toEqual({
      admissions: ['seen', 'counted', 'exhausted', 'exhausted'],
      used: 3,
    });
    expect(await once(ids(5), 3)).toMatchObject({
      admissions: ['seen', 'seen', 'seen', 'exhausted', 'exhausted'],
    });
    expect(await once(ids(4), 3, '2026-06-02')).toEqual({
      admissions: ['seen', 'seen', 'seen', 'counted'],
      used: 1,
    });
  });

  it('share the limit with those that may not', async () => {
    await usage.takeChecks(partner, day, 6, 10);
    const { admissions, used } = await once(ids(6), 10);
    expect(admissions).toEqual([...Array(4).fill('counted'), ...Array(2).fill('exhausted')]);
    expect(used).toBe(10);
    expect(await usage.takeChecks(partner, day, 1, 10)).toEqual({ taken: 0, used: 10 });
  });

  it('may be as many as a batch has', async () => {
    expect((await once(ids(100), 150)).used).toBe(100);
    const { admissions, used } = await once(ids(100, 50), 150);
    expect(admissions).toEqual([...Array(50).fill('seen'), ...Array(50).fill('counted')]);
    expect(used).toBe(150);
    const last = await once([...ids(50, 200), ...ids(50)], 150);
    expect(last.admissions).toEqual([...Array(50).fill('exhausted'), ...Array(50).fill('seen')]);
  });

  it('are exactly the limit for 64 clients at a time that send each of them twice', async () => {
    const limit = 60;
    const asked = Array.from({ length: 200 }, (_, n) => n % 100);
    const outcomes = new Map<string, string[]>();
    await clients(64, asked, async (n) => {
      const [id = ''] = ids(1, n);
      const { admissions } = await once([id], limit);
      outcomes.set(id, [...(outcomes.get(id) ?? []), ...admissions]);
      return 0;
    });
    const said = [...outcomes.values()].map((each) => each.toSorted().join());
    expect(said.filter((each) => each === 'counted,seen')).toHaveLength(limit);
    expect(said.filter((each) => each === 'exhausted,exhausted')).toHaveLength(100 - limit);
    expect(await usage.takeChecks(partner, day, 1, limit)).toEqual({ taken: 0, used: limit });
  });
});

describe('the persons of a day', () => {
  it('are counted once each, whoever asks how often', async () => {
    const outcomes = [];
    for (const index of ['a', 'b', 'a', 'a', 'c', 'd', 'b'])
      outcomes.push(await usage.admitPerson(partner, day, index, 3));
    expect(outcomes).toEqual(['counted', 'counted', 'seen', 'seen', 'counted', 'exhausted', 'seen']);
    expect(await usage.personsOf(partner, day)).toBe(3);
    expect(await usage.admitPerson(partner, '2026-06-02', 'd', 3)).toBe('counted');
  });

  it('are exactly the budget for 64 clients at a time that ask about everyone twice', async () => {
    const budget = 100;
    const asked = Array.from({ length: 300 }, (_, n) => n % 150);
    const outcomes: string[] = [];
    await clients(64, asked, async (person) => {
      outcomes.push(await usage.admitPerson(partner, day, `index-${person}`, budget));
      return 0;
    });
    expect(outcomes.filter((outcome) => outcome === 'counted')).toHaveLength(budget);
    expect(await usage.personsOf(partner, day)).toBe(budget);
    expect(outcomes).toHaveLength(300);
  });

  it('are kept as nothing that finds a record', async () => {
    await usage.admitPerson(partner, day, 'v1.index-of-somebody', 3);
    const { Items = [] } = await dynamoDb.client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': partnerUsageKeys.partition(partner) },
      }),
    );
    expect(Items).toHaveLength(2);
    expect(JSON.stringify(Items)).not.toContain('index-of-somebody');
  });
});

describe('the notice of a limit nearly used up', () => {
  it.each([
    [79, 100, false],
    [80, 100, true],
    [3, 4, false],
    [4, 5, true],
    [1, 1, true],
  ])('is due at %i of %i: %s', (used, limit, near) => {
    expect(isNear(used, limit)).toBe(near);
  });

  it('is given once a day for each kind and limit, however many come upon it', async () => {
    const firsts = await Promise.all(
      Array.from({ length: 16 }, () => usage.noticeNear(partner, day, 'checks', 100)),
    );
    expect(firsts.filter((first) => first)).toHaveLength(1);
    expect(await usage.noticeNear(partner, day, 'persons', 100)).toBe(true);
    expect(await usage.noticeNear(partner, day, 'checks', 200)).toBe(true);
    expect(await usage.noticeNear(partner, '2026-06-02', 'checks', 100)).toBe(true);
  });
});

describe('the terms of a third party', () => {
  it('stand with it or not at all, and those it was created with are not overwritten', async () => {
    expect(await store.termsOf(partner)).toBeNull();
    expect(await store.createPartner(partner, 'A school', terms, createdAt)).toBe('created');
    expect(await store.termsOf(partner)).toEqual(terms);
    const other = { ...terms, checksADay: 1 };
    expect(await store.createPartner(partner, 'A school', other, createdAt)).toBe('exists');
    expect(await store.termsOf(partner)).toEqual(terms);
    const owners = new DynamoPartnerStore(dynamoDb.client, table);
    expect(await owners.findOwner({ kind: 'partner', id: partner })).toMatchObject({ name: 'A school' });
  });

  it('are changed for those there are, and for nobody else', async () => {
    expect(await store.setTerms(partner, terms, createdAt)).toBe('no-such-partner');
    expect(await store.termsOf(partner)).toBeNull();
    await store.createPartner(partner, 'A school', terms, createdAt);
    const other: PartnerTerms = { ...terms, services: null, lawfulBasis: 'statutory-duty' };
    expect(await store.setTerms(partner, other, createdAt)).toBe('set');
    expect(await store.termsOf(partner)).toEqual(other);
  });

  it('are refused where they could not be read again', async () => {
    const wrong = { ...terms, checksADay: 0 };
    await expect(store.createPartner(partner, 'A school', wrong, createdAt)).rejects.toThrow();
    expect(await store.termsOf(partner)).toBeNull();
  });
});
