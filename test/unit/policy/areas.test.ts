import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AreaSet, AreaUnits, EVERY_AREA_BY_ITSELF } from '../../../shared/domain/policy/areas.ts';

const SET = ['510104', '510105', '5107*', 'CD-GXQ'];
const GROUPS = [
  ['510104', '510105', 'CD-GXQ'],
  ['510112', '5107*'],
];

/** More than are remembered; cities and provinces among them. */
const made = fc.array(
  fc.oneof(
    fc.constantFrom('510104', '510105', '510112', '510703', '510100', '510700', '510000', 'CD-GXQ'),
    fc.integer({ min: 100000, max: 999999 }).map(String),
  ),
  { minLength: 400, maxLength: 500 },
);

describe('a set of areas', () => {
  it.each([
    ['510104', 'in'],
    ['CD-GXQ', 'in'],
    ['510703', 'in'],
    ['510700', 'in'],
    ['510106', 'out'],
    ['510100', 'unknown'],
    ['510000', 'unknown'],
    ['500100', 'out'],
    ['CD-TFXQ', 'out'],
  ] as const)('has %s: %s, asked once or twice', (code, membership) => {
    const set = new AreaSet(SET);
    expect([set.membership(code), set.membership(code)]).toEqual([membership, membership]);
  });

  it('says the same of a code whatever it was asked before', () => {
    fc.assert(
      fc.property(made, (codes) => {
        const set = new AreaSet(SET);
        for (const code of codes) expect(set.membership(code)).toBe(new AreaSet(SET).membership(code));
      }),
      { numRuns: 10 },
    );
  });
});

describe('units of areas', () => {
  it.each([
    ['510104', '510105', 'in'],
    ['510104', 'CD-GXQ', 'in'],
    ['510112', '510703', 'in'],
    ['510106', '510106', 'in'],
    ['510104', '510112', 'out'],
    ['510106', '510107', 'out'],
    ['510104', '510100', 'unknown'],
    ['510100', '510100', 'unknown'],
    ['500103', '510100', 'out'],
  ] as const)('have %s and %s together: %s, in either order', (one, other, membership) => {
    const units = new AreaUnits(GROUPS);
    for (let time = 0; time < 2; time++) {
      expect([units.membership(one, other), units.membership(other, one)]).toEqual([membership, membership]);
    }
  });

  it('are each area by itself where there are no groups', () => {
    expect(
      ['510104', '510105', '510100'].map((code) => EVERY_AREA_BY_ITSELF.membership(code, '510104')),
    ).toEqual(['in', 'out', 'unknown']);
  });

  it('say the same of two codes whatever they were asked before', () => {
    fc.assert(
      fc.property(made, made, (ones, others) => {
        const units = new AreaUnits(GROUPS);
        for (const [index, one] of ones.entries()) {
          const other = others[index % others.length]!;
          expect(units.membership(one, other)).toBe(new AreaUnits(GROUPS).membership(one, other));
        }
      }),
      { numRuns: 10 },
    );
  });
});
