import { describe, expect, it } from 'vitest';
import type { Anchor } from '../../../shared/domain/audit/anchor-store.ts';
import { AnchorStoreUnavailable } from '../../../shared/domain/audit/anchor-store.ts';
import {
  AnchorWatch,
  AuditNotAnchored,
  longestWithoutAnchor,
} from '../../../shared/domain/audit/anchor-watch.ts';

const hour = 3_600_000;
const start = Date.parse('2024-06-01T08:00:00.000Z');

function world(anchor: Anchor | null) {
  const state = { anchor, now: start, reads: 0, down: false };
  const watch = new AnchorWatch(
    {
      async read() {
        state.reads++;
        if (state.down) throw new AnchorStoreUnavailable('Out of order, by a test.');
        return state.anchor;
      },
    },
    () => state.now,
  );
  const mayGoOn = () =>
    watch.requireAnchored().then(
      () => true,
      (error: unknown) => {
        if (error instanceof AuditNotAnchored) return false;
        throw error;
      },
    );
  return { state, watch, mayGoOn };
}

const anchoredAt = (milliseconds: number): Anchor => ({
  beganAt: '2024-01-01T00:00:00.000Z',
  last: {
    sequence: 1,
    until: '2024-01-01T00:10:00.000Z',
    anchoredAt: new Date(milliseconds).toISOString(),
    digest: `sha256:${'0'.repeat(64)}`,
  },
});

describe('AnchorWatch', () => {
  it('is four hours', () => {
    expect(longestWithoutAnchor).toBe(4 * hour);
  });

  it.each([
    [0, true],
    [4 * hour - 1, true],
    [4 * hour, false],
  ])('lets reads go on %d ms after the last root: %s', async (age, expected) => {
    await expect(world(anchoredAt(start - age)).mayGoOn()).resolves.toBe(expected);
    // Before the first root, counted from when anchoring began.
    const beganAt = new Date(start - age).toISOString();
    await expect(world({ beganAt, last: null }).mayGoOn()).resolves.toBe(expected);
  });

  it('lets none go on where anchoring never began', async () => {
    await expect(world(null).mayGoOn()).resolves.toBe(false);
  });

  it('remembers for thirty seconds, whatever it was told', async () => {
    const { state, mayGoOn } = world(null);
    await mayGoOn();
    state.anchor = anchoredAt(start);
    state.now += 29_999;
    await expect(mayGoOn()).resolves.toBe(false);
    state.now += 1;
    await expect(mayGoOn()).resolves.toBe(true);
    expect(state.reads).toBe(2);
  });

  it('does not go on with what is remembered past the four hours', async () => {
    const { state, mayGoOn } = world(anchoredAt(start - 4 * hour + 10));
    await expect(mayGoOn()).resolves.toBe(true);
    state.now += 10;
    await expect(mayGoOn()).resolves.toBe(false);
    expect(state.reads).toBe(1);
  });

  it('goes on with what is remembered when the store does not answer, asks it seldom, and stops in the end', async () => {
    const { state, mayGoOn, watch } = world(anchoredAt(start));
    await mayGoOn();
    state.down = true;
    state.now += 30_000;
    await expect(mayGoOn()).resolves.toBe(true);
    state.now += 4_999;
    await expect(mayGoOn()).resolves.toBe(true);
    expect(state.reads).toBe(2);
    state.now += 1;
    await expect(mayGoOn()).resolves.toBe(true);
    expect(state.reads).toBe(3);
    state.now = start + 4 * hour;
    await expect(watch.requireAnchored()).rejects.toMatchObject({
      name: 'AuditNotAnchored',
      cause: { name: 'AnchorStoreUnavailable' },
    });
    state.down = false;
    state.anchor = anchoredAt(state.now);
    await expect(mayGoOn()).resolves.toBe(true);
  });

  it('stops when the store does not answer and nothing is remembered', async () => {
    const { state, mayGoOn } = world(anchoredAt(start));
    state.down = true;
    await expect(mayGoOn()).resolves.toBe(false);
  });

  it('asks once for several requests at a time', async () => {
    const { state, mayGoOn } = world(anchoredAt(start));
    await expect(Promise.all([mayGoOn(), mayGoOn(), mayGoOn()])).resolves.toEqual([true, true, true]);
    expect(state.reads).toBe(1);
  });
});
