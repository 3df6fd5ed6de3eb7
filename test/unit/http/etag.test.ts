import { describe, expect, it } from 'vitest';
import { entityTag, matchesEntityTag } from '../../../shared/http/etag.ts';

describe('entityTag', () => {
  it('is weak, equal for equal bodies and another for others', () => {
    expect(entityTag('{"a":1}')).toMatch(/^W\/"[\w-]{22}"$/);
    expect(entityTag('{"a":1}')).toBe(entityTag('{"a":1}'));
    expect(entityTag('{"a":1}')).not.toBe(entityTag('{"a":2}'));
  });
});

describe('matchesEntityTag', () => {
  const tag = entityTag('{}');

  it.each([tag, tag.slice(2), `"other", ${tag}`, '*', ` ${tag} `])('matches If-None-Match: %s', (value) => {
    expect(matchesEntityTag(value, tag)).toBe(true);
  });

  it.each([undefined, '', '"other"', tag.slice(3, -1)])('does not match If-None-Match: %s', (value) => {
    expect(matchesEntityTag(value, tag)).toBe(false);
  });
});
