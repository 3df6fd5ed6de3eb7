import { describe, expect, it } from 'vitest';
import { packDigest } from '../../../../shared/domain/policy/digest.ts';
import type { Pack } from '../../../../shared/domain/policy/pack-schema.ts';
import { PolicyStoreUnavailable } from '../../../../shared/domain/policy/policy-store.ts';
import { publishPolicy } from '../../../../shared/domain/policy/publish-policy.ts';
import { MemoryPolicyStore } from '../../../support/memory-policy-store.ts';
import { samplePackOf } from '../../../support/sample-pack.ts';

const publishedAt = '2020-01-01T00:00:00Z';

function publish(pack: Pack, store: MemoryPolicyStore, findings: readonly string[] = []) {
  return publishPolicy(pack, { store, lint: () => findings, publishedAt, maxAttempts: 3 });
}

describe('publishing a policy', () => {
  it('publishes a pack its lint finds nothing against, under the digest of the pack', async () => {
    const store = new MemoryPolicyStore();
    const pack = samplePackOf(2020);
    await expect(publish(pack, store)).resolves.toEqual({ outcome: 'published', digest: packDigest(pack) });
    await expect(store.readVersion('sample-city', '2020-01-01')).resolves.toMatchObject({ pack });
  });

  it('publishes nothing when the lint finds anything', async () => {
    const store = new MemoryPolicyStore();
    await expect(publish(samplePackOf(2020), store, ['unknown fact'])).resolves.toEqual({
      outcome: 'lint-failed',
      findings: ['unknown fact'],
    });
    await expect(store.listPointers()).resolves.toEqual([]);
  });

  it('does nothing when this very pack is published', async () => {
    const store = new MemoryPolicyStore();
    await store.seed(samplePackOf(2020));
    await expect(publish(samplePackOf(2020), store)).resolves.toMatchObject({ outcome: 'already-published' });
    await expect(store.readPointer('sample-city')).resolves.toMatchObject({ revision: 1 });
  });

  it('names the digest of the version an edited pack would replace', async () => {
    const store = new MemoryPolicyStore();
    const original = samplePackOf(2020);
    await store.seed(original);
    const edited = { ...original, title: { 'zh-CN': '改', en: 'edited' } };
    await expect(publish(edited, store)).resolves.toEqual({
      outcome: 'version-exists',
      digest: packDigest(edited),
      publishedDigest: packDigest(original),
    });
  });

  it.each([
    ['its first day is the last day of another', { from: '2020-12-31', until: null }, true],
    ['its last day is the first day of another', { from: '2019-01-01', until: '2020-01-01' }, true],
    ['it begins on the same day, without an end', { from: '2020-01-01', until: null }, true],
    ['it begins in its midst, without an end', { from: '2020-06-01', until: null }, true],
    [
      'it has no end and began before: it ends where the other begins',
      { from: '2019-01-01', until: null },
      false,
    ],
    ['it begins the day after', { from: '2021-01-01', until: null }, false],
    ['it ends the day before', { from: '2019-01-01', until: '2019-12-31' }, false],
  ])('never lets two versions be in force on one day: %s', async (_, effective, refused) => {
    const store = new MemoryPolicyStore();
    await store.seed(samplePackOf(2020));
    await expect(publish({ ...samplePackOf(2021), effective }, store)).resolves.toMatchObject(
      refused ? { outcome: 'overlaps', versions: ['2020-01-01'] } : { outcome: 'published' },
    );
  });

  it.each([
    ['the day after', '2020-01-02', true],
    ['years later', '2026-01-01', true],
    ['on the same day', '2020-01-01', false],
  ])('lets a version end one without an end: it begins %s', async (_, from, published) => {
    const store = new MemoryPolicyStore();
    await store.seed({ ...samplePackOf(2020), effective: { from: '2020-01-01', until: null } });
    const next = { ...samplePackOf(2026), effective: { from, until: null } };
    await expect(publish(next, store)).resolves.toMatchObject(
      published ? { outcome: 'published' } : { outcome: 'overlaps', versions: ['2020-01-01'] },
    );
  });

  it('tries again when another publisher was faster, and sees what that one published', async () => {
    const store = new MemoryPolicyStore();
    const outcomes = await Promise.all([2020, 2021, 2022].map((year) => publish(samplePackOf(year), store)));
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['published', 'published', 'published']);
    await expect(store.readPointer('sample-city')).resolves.toMatchObject({ revision: 3 });
  });

  it('gives up when the pointer keeps moving', async () => {
    const store = new MemoryPolicyStore();
    store.publish = async () => 'pointer-moved';
    await expect(publish(samplePackOf(2020), store)).resolves.toEqual({
      outcome: 'pointer-kept-moving',
      attempts: 3,
    });
  });

  it('passes on that the store does not answer', async () => {
    const store = new MemoryPolicyStore();
    store.fault = new PolicyStoreUnavailable('no answer');
    await expect(publish(samplePackOf(2020), store)).rejects.toBe(store.fault);
  });
});
