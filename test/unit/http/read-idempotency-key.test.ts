import { describe, expect, it } from 'vitest';
import { readIdempotencyKey } from '../../../shared/http/read-idempotency-key.ts';
import { proxyEvent } from '../../support/proxy-event.ts';

const read = (value?: string) =>
  readIdempotencyKey(
    proxyEvent({ resource: '/v1/x', ...(value !== undefined && { headers: { 'Idempotency-Key': value } }) }),
  );

describe('readIdempotencyKey', () => {
  it.each([
    ['bare', 'a-1', 'a-1'],
    ['quoted', '"a-1"', 'a-1'],
    ['of one character', '!', '!'],
    ['of 255 characters', 'k'.repeat(255), 'k'.repeat(255)],
    ['with blanks around it', '  a-1 ', 'a-1'],
  ])('takes a key %s', (_, value, key) => {
    expect(read(value)).toBe(key);
  });

  it('is null where there is none', () => {
    expect(read()).toBeNull();
  });

  it.each([
    ['empty', ''],
    ['quoted and empty', '""'],
    ['of 256 characters', 'k'.repeat(256)],
    ['with a blank inside', 'a b'],
    ['not ASCII', '键'],
    ['with one quote', '"a'],
    ['with a backslash', 'a\\b'],
  ])('refuses a key that is %s', (_, value) => {
    expect(() => read(value)).toThrow(expect.objectContaining({ code: 'malformed-request' }));
  });
});
