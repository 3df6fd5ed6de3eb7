import { beforeEach, describe, expect, it } from 'vitest';
import { compressPacks } from '../../../infra/bundle/embed-packs.ts';
import { packDigest } from '../../../shared/domain/policy/digest.ts';
import type { Pack } from '../../../shared/domain/policy/pack-schema.ts';
import type { PolicyHistory } from '../../../shared/domain/policy/policy-history.ts';
import { PolicyStoreUnavailable } from '../../../shared/domain/policy/policy-store.ts';
import { CachedPolicyHistories } from '../../../shared/stores/cached-policy-histories.ts';
import { DeployedPolicies, type DeployedVersion } from '../../../shared/stores/deployed-policies.ts';
import { DeployedPolicyHistories } from '../../../shared/stores/deployed-policy-histories.ts';
import { MemoryPolicyStore } from '../../support/memory-policy-store.ts';
import { samplePack, samplePackOf } from '../../support/sample-pack.ts';

const policy = 'sample-city';

/** Versions of 2020, 2021 and, without end, 2022. */
const endless = [
  samplePackOf(2020),
  samplePackOf(2021),
  samplePack({ version: '2022-01-01', effective: { from: '2022-01-01', until: null } }),
];

let now: number;
let store: MemoryPolicyStore;
let unpublished: DeployedVersion[];
let unanswered: unknown[];
/** Lets the question that waits for an answer to leave go on. */
let answerHasLeft: PromiseWithResolvers<void>;

beforeEach(() => {
  now = 1_700_000_000_000;
  store = new MemoryPolicyStore();
  unpublished = [];
  unanswered = [];
  answerHasLeft = Promise.withResolvers();
});

function deployedWith(packs: readonly Pack[]): DeployedPolicyHistories {
  const deployed = new DeployedPolicies(compressPacks(packs));
  const published = new CachedPolicyHistories(store, {
    now: () => now,
    known: (digest) => deployed.compiled(digest),
  });
  return new DeployedPolicyHistories(async () => deployed, published, {
    now: () => now,
    afterAnswer: () => answerHasLeft.promise,
    onUnpublished: (version) => unpublished.push(version),
    onUnanswered: (error) => unanswered.push(error),
  });
}

/** The answer to the last question leaves, and the background does what it has to. */
async function afterAnswer(): Promise<void> {
  answerHasLeft.resolve();
  await new Promise(setImmediate);
  answerHasLeft = Promise.withResolvers();
}

const versionsOf = (history: PolicyHistory | null) => history?.versions.map(({ pack }) => pack.version);

describe('policies of a deployment', () => {
  const gap = [
    samplePackOf(2020),
    samplePack({ version: '2022-01-01', effective: { from: '2022-01-01', until: null } }),
  ];

  it.each<[string, readonly Pack[], string, string[] | undefined]>([
    ['a day of the last version', endless, '2022-01-01', ['2022-01-01']],
    ['the last day of an earlier one', endless, '2020-12-31', ['2020-01-01', '2021-01-01', '2022-01-01']],
    ['a day long after the last one began', endless, '2199-12-31', ['2022-01-01']],
    ['the first day of all', endless, '2020-01-01', ['2020-01-01', '2021-01-01', '2022-01-01']],
    ['the day before it', endless, '2019-12-31', undefined],
    ['a day before a gap', gap, '2020-12-31', undefined],
    ['a day in a gap', gap, '2021-06-01', undefined],
    ['a day after a gap', gap, '2022-01-01', ['2022-01-01']],
    ['a last version with an end', endless.slice(0, 2), '2021-06-01', undefined],
    ['another policy', [samplePackOf(2020, 'elsewhere')], '2020-06-01', undefined],
    ['no packs', [], '2022-01-01', undefined],
  ])('know, for %s, what no later version can change', (_case, packs, from, versions) => {
    const deployed = new DeployedPolicies(compressPacks(packs));
    expect(deployed.historyFrom(policy, from)?.versions.map(({ pack }) => pack.version)).toEqual(versions);
  });

  it('are the packs they were made of, each compiled once', () => {
    const deployed = new DeployedPolicies(compressPacks(endless.toReversed()));
    for (const pack of endless) {
      const compiled = deployed.compiled(packDigest(pack));
      expect(compiled?.pack).toEqual(pack);
      expect(compiled?.digest).toBe(packDigest(pack));
      expect(deployed.compiled(packDigest(pack))).toBe(compiled);
    }
    expect(deployed.compiled('sha256:0')).toBeUndefined();
    expect(deployed.historyFrom(policy, '2020-05-05')).toBe(deployed.historyFrom(policy, '2020-05-06'));
  });
});

describe('histories of a deployment', () => {
  it('ask the store once before the first answers, and read no version that was deployed', async () => {
    await store.seed(...endless);
    const histories = deployedWith(endless);
    const first = await Promise.all([1, 2, 3].map(() => histories.history(policy, '2022-06-01')));
    expect(first.map(versionsOf)).toEqual([['2022-01-01'], ['2022-01-01'], ['2022-01-01']]);
    expect(store.reads).toEqual({ pointers: 1, versions: 0 });
    expect(unpublished).toEqual([]);
  });

  it('then ask it once an answer has left, and see a version that ends what had no end', async () => {
    await store.seed(...endless);
    const histories = deployedWith(endless);
    await histories.history(policy, '2022-06-01');
    await store.seed(samplePackOf(2024));
    now += 10_000;
    expect(versionsOf(await histories.history(policy, '2024-06-01'))).toEqual(['2022-01-01']);
    await new Promise(setImmediate);
    expect(store.reads.pointers).toBe(1);
    await afterAnswer();
    const later = await histories.history(policy, '2024-06-01');
    expect(versionsOf(later)).toEqual(['2020-01-01', '2021-01-01', '2022-01-01', '2024-01-01']);
    expect(unpublished).toEqual([]);
  });

  it('ask it before they answer where they have not for half a minute', async () => {
    await store.seed(...endless);
    const histories = deployedWith(endless);
    await histories.history(policy, '2022-06-01');
    await store.seed(samplePackOf(2024));
    now += 9_999;
    expect(versionsOf(await histories.history(policy, '2024-06-01'))).toEqual(['2022-01-01']);
    now += 20_001;
    const both = await Promise.all([1, 2].map(() => histories.history(policy, '2024-06-01')));
    expect(both.map((history) => versionsOf(history)?.at(-1))).toEqual(['2024-01-01', '2024-01-01']);
    expect(store.reads).toEqual({ pointers: 2, versions: 1 });
  });

  it('see before their first answer what was published since they were deployed', async () => {
    await store.seed(...endless, samplePackOf(2024));
    const history = await deployedWith(endless).history(policy, '2024-06-01');
    expect(versionsOf(history)).toEqual(['2020-01-01', '2021-01-01', '2022-01-01', '2024-01-01']);
    expect(store.reads).toEqual({ pointers: 1, versions: 1 });
  });

  it('ask the store again after ten seconds, and once for many questions', async () => {
    await store.seed(...endless);
    const histories = deployedWith(endless);
    const ask = () => Promise.all([1, 2, 3].map(() => histories.history(policy, '2022-06-01')));
    await ask();
    await afterAnswer();
    now += 9_999;
    await ask();
    await afterAnswer();
    expect(store.reads.pointers).toBe(1);
    now += 1;
    await ask();
    await afterAnswer();
    expect(store.reads.pointers).toBe(2);
    now -= 3_600_000;
    await ask();
    await afterAnswer();
    expect(store.reads.pointers).toBe(3);
  });

  it('wait for the store where a later version could have a say, and then see it', async () => {
    await store.seed(samplePackOf(2020), samplePackOf(2021));
    const histories = deployedWith([samplePackOf(2020)]);
    expect(versionsOf(await histories.history(policy, '2020-06-01'))).toEqual(['2020-01-01', '2021-01-01']);
    expect(versionsOf(await histories.history(policy, '2021-06-01'))).toEqual(['2020-01-01', '2021-01-01']);
    // What was deployed is not read again.
    expect(store.reads).toEqual({ pointers: 1, versions: 1 });
    await store.seed(samplePackOf(2022));
    now += 10_000;
    expect(versionsOf(await histories.history(policy, '2022-06-01'))).toHaveLength(3);
  });

  it('wait for the store for all versions, for other policies and for the list', async () => {
    await store.seed(...endless, samplePackOf(2020, 'elsewhere'));
    const histories = deployedWith(endless);
    expect(versionsOf(await histories.history(policy))).toHaveLength(3);
    expect(versionsOf(await histories.history('elsewhere', '2020-06-01'))).toEqual(['2020-01-01']);
    await expect(histories.history('nowhere', '2020-06-01')).resolves.toBeNull();
    await expect(histories.list()).resolves.toHaveLength(2);
  });

  it('go on answering while the store does not, and say so; what needs the store fails', async () => {
    store.fault = new PolicyStoreUnavailable('no answer');
    const histories = deployedWith(endless);
    for (let round = 1; round <= 3; round++) {
      expect(versionsOf(await histories.history(policy, '2022-06-01'))).toEqual(['2022-01-01']);
      expect(unanswered).toHaveLength(round);
      now += 3_600_000;
    }
    await expect(histories.history('elsewhere', '2022-06-01')).rejects.toThrow(PolicyStoreUnavailable);
    await expect(histories.list()).rejects.toThrow(PolicyStoreUnavailable);
    expect(unpublished).toEqual([]);
  });

  it('give way to the store where a deployed version is not published, and tell once', async () => {
    const [first, second, third] = endless as [Pack, Pack, Pack];
    await store.seed(first, second);
    const histories = deployedWith(endless);
    for (let round = 0; round < 2; round++) {
      expect(versionsOf(await histories.history(policy, '2022-06-01'))).toEqual(['2020-01-01', '2021-01-01']);
      now += 10_000;
    }
    expect(unpublished.map(({ version }) => version)).toEqual(['2022-01-01']);
    await store.seed(third);
    now += 10_000;
    expect(versionsOf(await histories.history(policy, '2022-06-01'))).toEqual(['2022-01-01']);
  });

  it('give way to the store where a version of the same name was published with another content', async () => {
    const edited = samplePack({
      version: '2022-01-01',
      effective: { from: '2022-01-01', until: null },
      title: { 'zh-CN': '另一个', en: 'Another' },
    });
    await store.seed(endless[0]!, endless[1]!, edited);
    const histories = deployedWith(endless);
    const history = await histories.history(policy, '2022-06-01');
    expect(history?.versions.at(-1)?.digest).toBe(packDigest(edited));
  });

  it('do not let who waits fail with a question that was frozen and ran into its deadline', async () => {
    await store.seed(...endless, samplePackOf(2020, 'elsewhere'));
    const histories = deployedWith(endless);
    store.fault = new PolicyStoreUnavailable('no answer');
    await histories.history(policy, '2022-06-01');
    store.fault = null;
    now += 10_000;
    await histories.history(policy, '2022-06-01');
    const listPointers = store.listPointers.bind(store);
    store.listPointers = async () => {
      store.listPointers = listPointers;
      throw new PolicyStoreUnavailable('the deadline passed while the process was frozen');
    };
    const waiting = histories.history('elsewhere', '2020-06-01');
    await afterAnswer();
    expect(versionsOf(await waiting)).toEqual(['2020-01-01']);
    expect(unanswered).toHaveLength(2);
  });
});
