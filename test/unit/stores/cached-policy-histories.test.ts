import { beforeEach, describe, expect, it } from 'vitest';
import { packDigest } from '../../../shared/domain/policy/digest.ts';
import { PolicyStoreUnavailable } from '../../../shared/domain/policy/policy-store.ts';
import { CachedPolicyHistories } from '../../../shared/stores/cached-policy-histories.ts';
import { MemoryPolicyStore } from '../../support/memory-policy-store.ts';
import { samplePackOf } from '../../support/sample-pack.ts';

const policy = 'sample-city';

let now: number;
let stale: unknown[];
let store: MemoryPolicyStore;
let histories: CachedPolicyHistories;

beforeEach(async () => {
  now = 1_700_000_000_000;
  stale = [];
  store = new MemoryPolicyStore();
  histories = new CachedPolicyHistories(store, { now: () => now, onStale: (error) => stale.push(error) });
  await store.seed(samplePackOf(2021), samplePackOf(2020));
});

async function versions(): Promise<string[] | undefined> {
  return (await histories.history(policy))?.versions.map(({ pack }) => pack.version);
}

describe('cached policy histories', () => {
  it('answer with every version, compiled, in the order of their periods', async () => {
    await expect(versions()).resolves.toEqual(['2020-01-01', '2021-01-01']);
    const history = await histories.history(policy);
    expect(history?.versions.map(({ digest }) => digest)).toEqual(
      [2020, 2021].map((year) => packDigest(samplePackOf(year))),
    );
  });

  it('know no policy that was not published', async () => {
    await expect(histories.history('elsewhere')).resolves.toBeNull();
  });

  it('list what is published', async () => {
    await store.seed(samplePackOf(2020, 'another-city'));
    await expect(histories.list()).resolves.toMatchObject([
      { policy: 'another-city' },
      { policy, revision: 2 },
    ]);
  });

  it('read once for many requests, concurrent or later', async () => {
    await Promise.all([versions(), versions(), histories.list(), versions()]);
    now += 9_999;
    const [first, second] = [await histories.history(policy), await histories.history(policy)];
    expect(second).toBe(first);
    expect(store.reads).toEqual({ pointers: 1, versions: 2 });
  });

  it('see a new version after ten seconds, and read nothing but that', async () => {
    await versions();
    await store.seed(samplePackOf(2022));
    now += 9_999;
    await expect(versions()).resolves.toEqual(['2020-01-01', '2021-01-01']);
    now += 1;
    await expect(versions()).resolves.toEqual(['2020-01-01', '2021-01-01', '2022-01-01']);
    expect(store.reads).toEqual({ pointers: 2, versions: 3 });
  });

  it('see a new version also when the clock was set back', async () => {
    await versions();
    await store.seed(samplePackOf(2022));
    now -= 3_600_000;
    await expect(versions()).resolves.toHaveLength(3);
  });

  it('go on answering for five minutes while the store fails, and say so', async () => {
    await versions();
    store.fault = new PolicyStoreUnavailable('no answer');
    now += 300_000;
    await expect(versions()).resolves.toHaveLength(2);
    expect(stale).toEqual([store.fault]);
    now += 1;
    await expect(versions()).rejects.toThrow(PolicyStoreUnavailable);
  });

  it('leave a failing store alone for two seconds at a time', async () => {
    await versions();
    store.fault = new PolicyStoreUnavailable('no answer');
    now += 10_000;
    for (let request = 0; request < 20; request++) await versions();
    expect(store.reads.pointers).toBe(2);
    now += 2_000;
    store.fault = null;
    await versions();
    expect(store.reads.pointers).toBe(3);
  });

  it('fail at once when nothing is known yet, and recover with the store', async () => {
    store.fault = new Error('connection refused');
    await expect(versions()).rejects.toThrow(PolicyStoreUnavailable);
    await expect(histories.list()).rejects.toMatchObject({ cause: store.fault });
    store.fault = null;
    await expect(versions()).resolves.toHaveLength(2);
  });

  it('keep the versions they have while a new one cannot be read, for a bounded time', async () => {
    await versions();
    await store.seed(samplePackOf(2022));
    const readVersion = store.readVersion.bind(store);
    store.readVersion = async () => null;
    now += 10_000;
    await expect(versions()).resolves.toHaveLength(2);
    expect(stale).toHaveLength(1);
    now += 300_000;
    await expect(versions()).rejects.toThrow(PolicyStoreUnavailable);
    store.readVersion = readVersion;
    await expect(versions()).resolves.toHaveLength(3);
  });

  it('never answer with a version that is not the one published', async () => {
    store.readVersion = async () => ({ pack: samplePackOf(2020), digest: `sha256:${'0'.repeat(64)}` });
    await expect(versions()).rejects.toThrow(PolicyStoreUnavailable);
  });

  it('are not kept from answering for one policy by another that cannot be read', async () => {
    await store.seed(samplePackOf(2020, 'another-city'));
    const readVersion = store.readVersion.bind(store);
    store.readVersion = async (id, version) => (id === 'another-city' ? null : readVersion(id, version));
    await expect(histories.history('another-city')).rejects.toThrow(PolicyStoreUnavailable);
    await expect(versions()).resolves.toHaveLength(2);
  });
});
