import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { harmlessCorrelationId } from '../../../shared/http/correlation-id.ts';

describe('the id a caller gives a request', () => {
  it.each([
    'mini-program.2024-06-01_17',
    'a',
    'x'.repeat(64),
    '4bf92f3577b34da6a3ce929d0e0e4736',
    '1763038472918',
    '9007199254740993123',
    'order-2024061500017',
  ])('is taken over as it is: %s', (id) => expect(harmlessCorrelationId(id)).toBe(id));

  it.each([undefined, '', 'x'.repeat(65), 'two words', '请求', 'a/b'])(
    'is none where it has another form: %s',
    (id) => expect(harmlessCorrelationId(id)).toBeNull(),
  );

  it.each([
    '000000189901083117',
    'case-000000.18990108.3117',
    'k_00000018990108311X',
    '00000018990108311',
    'id-000000990108311',
    'ABC000099010800',
    '13987654321',
    'tel.139-8765-4321',
    'tel_13987654321',
  ])('is none where it can be the number or the phone of a person: %s', (id) =>
    expect(harmlessCorrelationId(id)).toBeNull(),
  );

  it('is taken over where it is a UUID', () => {
    const ids = Array.from({ length: 1_000 }, () => randomUUID());
    expect(ids.filter((id) => harmlessCorrelationId(id) === null).length).toBeLessThan(3);
  });
});
