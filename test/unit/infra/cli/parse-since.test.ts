import { describe, expect, it } from 'vitest';
import { parseSince } from '../../../../infra/cli/parse-since.ts';

const now = Date.parse('2024-06-10T12:00:00Z');

describe('a time as a person writes it', () => {
  it.each([
    ['90m', '2024-06-10T10:30:00.000Z'],
    ['24h', '2024-06-09T12:00:00.000Z'],
    ['7d', '2024-06-03T12:00:00.000Z'],
    ['0m', '2024-06-10T12:00:00.000Z'],
    ['2024-06-01', '2024-05-31T16:00:00.000Z'],
    ['2024-06-01T08:00:00+08:00', '2024-06-01T00:00:00.000Z'],
    ['2024-06-01T08:00Z', '2024-06-01T08:00:00.000Z'],
  ])('%s is %s', (text, instant) => {
    expect(parseSince(text, now)?.toISOString()).toBe(instant);
  });

  it.each([
    '',
    'yesterday',
    '24',
    '1w',
    '-1h',
    '2024-02-30',
    '2024-02-30T08:00Z',
    '2024-06-01T25:00Z',
    '2024-06-01T08:00',
  ])('%j is none', (text) => {
    expect(parseSince(text, now)).toBeNull();
  });
});
