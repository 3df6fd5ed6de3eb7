import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { ConnectionSilent, readOn } from '../../../functions/import/read-on.ts';

const whole = Buffer.from('0123456789');

/** The bytes from an offset to an end, and then a break, or nothing ever again. */
function connection(from: number, to: number, then: 'ends' | 'breaks' | 'is silent'): Readable {
  const body = new Readable({ read() {} });
  if (to > from) body.push(whole.subarray(from, to));
  if (then === 'ends') body.push(null);
  // After what came was taken.
  if (then === 'breaks') setTimeout(() => body.destroy(new Error('broken')), 5);
  return body;
}

async function read(first: Readable, open: (offset: number) => Promise<Readable>) {
  const parts: Uint8Array[] = [];
  for await (const part of readOn(first, open, 20)) parts.push(part);
  return Buffer.concat(parts).toString();
}

describe('an object read over connections that break', () => {
  it('is whole, each byte once, however often one breaks as long as bytes come', async () => {
    const offsets: number[] = [];
    const open = async (offset: number) => {
      offsets.push(offset);
      const last = offset === 9;
      return connection(offset, offset + 1, last ? 'ends' : offset % 2 === 0 ? 'breaks' : 'is silent');
    };
    await expect(read(connection(0, 1, 'breaks'), open)).resolves.toBe('0123456789');
    expect(offsets).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('is given up on after four connections in a row without a byte, and says how the last one broke', async () => {
    let opened = 0;
    const open = async (offset: number) => {
      opened++;
      return connection(offset, offset, opened === 4 ? 'is silent' : 'breaks');
    };
    // The first brings a byte: three more, and then the fourth.
    await expect(read(connection(0, 1, 'breaks'), open)).rejects.toThrow(/broken/);
    expect(opened).toBe(3);
    await expect(
      read(connection(0, 0, 'is silent'), async () => connection(0, 0, 'is silent')),
    ).rejects.toThrow(ConnectionSilent);
  });

  it('fails when no other connection can be had', async () => {
    const open = async () => {
      throw new Error('replaced');
    };
    await expect(read(connection(0, 3, 'breaks'), open)).rejects.toThrow('replaced');
  });

  it('lets its connection go when nobody reads on', async () => {
    const body = connection(0, 5, 'is silent');
    for await (const _ of readOn(body, async () => body)) break;
    expect(body.destroyed).toBe(true);
  });
});
