import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  type SampleCityOptions,
  sampleCity,
  sampleResidents,
} from '../../../infra/local/sample/sample-city.ts';

const asOf = '2026-06-01';
const bytes = (options: SampleCityOptions) => JSON.stringify([...sampleCity(options)]);

describe('a sample city', () => {
  it('is the same to the byte for the same seed and day, and another for another seed', () => {
    const city = bytes({ residents: 200, seed: 1, asOf });
    expect(bytes({ residents: 200, seed: 1, asOf })).toBe(city);
    expect(bytes({ residents: 200, seed: 2, asOf })).not.toBe(city);
    const lives = (seed: number) =>
      [...sampleResidents({ residents: 200, seed, asOf })].map(({ events }) =>
        JSON.stringify(events.map(({ event: { eventId: _, document: __, ...facts } }) => facts)),
      );
    const other = new Set(lives(2));
    expect(lives(1).filter((life) => other.has(life))).toEqual([]);
  });

  it('is the same in any time zone and locale', () => {
    const digest = (surroundings: Record<string, string>) =>
      execFileSync(process.execPath, ['test/support/print-city-digest.ts'], {
        env: { ...process.env, ...surroundings },
        encoding: 'utf8',
      });
    expect(digest({ TZ: 'America/St_Johns', LANG: 'tr_TR.UTF-8' })).toBe(
      digest({ TZ: 'Pacific/Kiritimati', LANG: 'zh_CN.UTF-8' }),
    );
  });

  it('is made without a clock, randomness or the environment', () => {
    const impure = globSync('infra/local/sample/*.ts').filter((file) =>
      /\bnew Date\b|\bDate\.|\bMath\.random|\bprocess\.|\bperformance\.|\bIntl\.|\btoLocale|node:/.test(
        readFileSync(file, 'utf8'),
      ),
    );
    expect(impure).toEqual([]);
  });

  it('holds the smaller cities of its seed', () => {
    const large = [...sampleResidents({ residents: 120, seed: 3, asOf })];
    expect([...sampleResidents({ residents: 50, seed: 3, asOf })]).toEqual(large.slice(0, 50));
  });

  it('has as many residents as asked for, event by event or by person', () => {
    for (const residents of [0, 1, 97]) {
      const people = [...sampleResidents({ residents, seed: 5, asOf })];
      expect(people).toHaveLength(residents);
      expect(people.flatMap(({ events }) => events)).toEqual([...sampleCity({ residents, seed: 5, asOf })]);
    }
  });

  it.each([
    ['a day that does not exist', { residents: 1, seed: 1, asOf: '2026-02-30' }],
    ['a part of a resident', { residents: 1.5, seed: 1, asOf }],
    ['a negative seed', { residents: 1, seed: -1, asOf }],
    ['a seed of more than 32 bits', { residents: 1, seed: 2 ** 32, asOf }],
  ])('refuses %s', (_what, options) => {
    expect(() => [...sampleCity(options)]).toThrow(RangeError);
  });
});
