import { describe, expect, it } from 'vitest';
import { PageTokens, pageSizeOf, pageTokenKeyContext } from '../../../shared/http/page-token.ts';
import { RequestProblem } from '../../../shared/http/request-problem.ts';
import { KeyStoreUnavailable } from '../../../shared/security/key-store.ts';
import { memoryKeyStore } from '../security/memory-key-store.ts';

const query = { operationId: 'listThings', filters: ['2024-06-01', null] };

async function problemOf(reading: Promise<string>) {
  const error = await reading.then(
    (position) => position,
    (thrown: unknown) => thrown,
  );
  return error instanceof RequestProblem ? [error.code, error.details.errors?.('en')[0]?.pointer] : error;
}

describe('page tokens', () => {
  it('lead back to their position, in every process that has the key store', async () => {
    const keyStore = memoryKeyStore();
    const [issuing, reading] = [new PageTokens(keyStore), new PageTokens(keyStore)];
    for (const position of ['partner-1', '位置', ' ', 'a.b', 'x'.repeat(500)]) {
      const token = await issuing.issue(query, position);
      expect(token).toMatch(/^[\w.-]+$/);
      expect(await reading.read(query, token)).toBe(position);
    }
  });

  it('are none for another query, another operation or another key store', async () => {
    const tokens = new PageTokens(memoryKeyStore());
    const token = await tokens.issue(query, 'partner-1');
    const refused = ['malformed-request', '/query/pageToken'];
    for (const other of [
      { ...query, operationId: 'listOthers' },
      { ...query, filters: ['2024-06-01'] },
      { ...query, filters: ['2024-06-02', null] },
      { ...query, filters: [null, '2024-06-01'] },
    ]) {
      expect(await problemOf(tokens.read(other, token))).toEqual(refused);
    }
    expect(await problemOf(new PageTokens(memoryKeyStore()).read(query, token))).toEqual(refused);
  });

  it('are none when any character of them was altered, left out or added', async () => {
    const tokens = new PageTokens(memoryKeyStore());
    const token = await tokens.issue(query, 'partner-1');
    const altered = [...token].flatMap((character, place) => {
      const before = token.slice(0, place);
      const after = token.slice(place + 1);
      return [before + after, `${before}${character === 'A' ? 'Q' : 'A'}${after}`];
    });
    const refused = ['malformed-request', '/query/pageToken'];
    for (const text of [...altered, `${token}A`, '', '..', 'x'.repeat(5_000), `${token}.${token}`]) {
      const read = await problemOf(tokens.read(query, text));
      // Base64 may spell the last byte of a part in several ways: then it is the same token.
      if (read === 'partner-1') expect(partsOf(text)).toEqual(partsOf(token));
      else expect([text, read]).toEqual([text, refused]);
    }
  });

  it('are neither issued nor judged while the key store does not answer', async () => {
    const keyStore = memoryKeyStore();
    const token = await new PageTokens(keyStore).issue(query, 'a');
    let down = true;
    const refuse = () => {
      throw new KeyStoreUnavailable('down');
    };
    const tokens = new PageTokens({
      generateDataKey: async (context) => (down ? refuse() : keyStore.generateDataKey(context)),
      unwrap: async (wrapped, context) => (down ? refuse() : keyStore.unwrap(wrapped, context)),
    });
    await expect(tokens.issue(query, 'a')).rejects.toThrow(KeyStoreUnavailable);
    await expect(tokens.read(query, token)).rejects.toThrow(KeyStoreUnavailable);
    down = false;
    expect(await tokens.read(query, await tokens.issue(query, 'b'))).toBe('b');
  });

  it('are signed under keys for nothing else', () => {
    expect(pageTokenKeyContext).toEqual({ purpose: 'page-token' });
  });
});

function partsOf(token: string) {
  return token.split('.').map((part) => Buffer.from(part, 'base64url').toString('hex'));
}

describe('pageSizeOf', () => {
  it.each([
    [undefined, 50],
    ['1', 1],
    ['100', 100],
  ])('reads %s as %i', (pageSize, size) => {
    expect(pageSizeOf({ pageSize })).toBe(size);
  });
});
