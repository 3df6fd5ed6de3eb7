import { describe, expect, it } from 'vitest';
import { impliedFact, impliedFrom } from '../../../shared/domain/policy/facts/implied-facts.ts';
import { VOCABULARY } from '../../../shared/domain/policy/vocabulary.ts';
import type { Resident } from '../../../shared/domain/resident/resident.ts';
import { generateResidents } from '../../support/generate-residents.ts';

const everybody = generateResidents(200, 11, { omit: 40 });
const implied = Object.keys(VOCABULARY).filter((path) => impliedFact(path) !== null);

/** The resident with nothing but some facts. */
function only(resident: Resident, paths: readonly string[]): Resident {
  const kept: Record<string, Record<string, unknown>> = {};
  for (const path of paths) {
    const [part, member] = path.split('.', 2) as [keyof Resident, string];
    const value = (resident[part] as Record<string, unknown> | undefined)?.[member];
    if (value !== undefined) kept[part] = { ...kept[part], [member]: value };
  }
  return kept as Resident;
}

function without(resident: Resident, path: string): Resident {
  const [part, member] = path.split('.', 2) as [keyof Resident, string];
  const { [member]: _, ...others } = (resident[part] ?? {}) as Record<string, unknown>;
  return { ...resident, [part]: others };
}

describe('a fact that is implied', () => {
  it.each(implied)('%s follows from the facts that are said to imply it, and from no other', (path) => {
    const infer = impliedFact(path)!;
    // Only asked where the fact is not given itself.
    const residents = everybody.map((resident) => without(resident, path));
    const values = residents.map((resident) => infer(resident));
    expect(residents.map((resident) => infer(only(resident, impliedFrom(path))))).toEqual(values);
    expect(values.some((value) => value !== undefined)).toBe(true);
    for (const source of impliedFrom(path)) {
      const others = impliedFrom(path).filter((other) => other !== source);
      const fewer = residents.map((resident) => infer(only(resident, others)));
      expect([source, fewer]).not.toEqual([source, values]);
    }
  });

  it('is none of the others', () => {
    expect(implied.length).toBeGreaterThan(5);
    expect(impliedFact('sex')).toBeNull();
    expect(impliedFact('constructor')).toBeNull();
    expect(impliedFrom('sex')).toEqual([]);
  });
});
