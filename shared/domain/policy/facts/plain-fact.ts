import type { Resident } from '../../resident/resident.ts';
import { interned } from '../interned.ts';
import type { Language } from '../pack-schema.ts';
import { type FactDefinition, factDefinition } from '../vocabulary.ts';
import type { CompiledFact } from './compiled-fact.ts';
import { EXACT, setExact, setUnknown } from './fact-vector.ts';
import { impliedFact } from './implied-facts.ts';
import { booleanText, enumText, numberText } from './value-text.ts';

/**
 * A fact read from the resident as it stands there: a boolean, a number, or one of a list of values; where it does not
 * stand there, what follows from other facts (implied-facts.ts).
 */
export function plainFact(path: string): CompiledFact {
  const { type } = factDefinition(path) as FactDefinition;
  const [group, key] = groupAndKey(path);
  const values = type.kind === 'enum' ? type.values : null;
  const implied = impliedFact(path);
  const valueIn = (resident: Resident): unknown => {
    const part = (resident as Record<string, unknown>)[group];
    const given = key === null ? part : (part as Record<string, unknown> | undefined)?.[key];
    return given === undefined && implied !== null ? implied(resident) : given;
  };
  return {
    key: path,
    inputs: [path],
    ...(type.kind === 'boolean' && { isYesOrNo: true as const }),
    changes: null,
    step: type.kind === 'number' ? type.step : 0,
    read(life, _day, vector, index) {
      const value = valueIn(life.resident);
      if (typeof value === 'number') setExact(vector, index, value);
      else if (typeof value === 'boolean') setExact(vector, index, value ? 1 : 0);
      else if (typeof value === 'string' && values !== null) setExact(vector, index, values.indexOf(value));
      else setUnknown(vector, index, life, group);
    },
    missing: (life) => (valueIn(life.resident) === undefined ? [path] : []),
    text(vector, index, language: Language) {
      if (vector.state[index] !== EXACT) return null;
      if (type.kind === 'number') return numberText(vector, index, type.unit, language);
      const value = vector.low[index]!;
      return values === null ? booleanText(value, language) : enumText(values[value]!, language);
    },
  };
}

/** The two steps of a path: `employment.contract` stands in the part `employment`, `sex` in the resident itself. */
export function groupAndKey(path: string): [group: string, key: string | null] {
  const dot = path.indexOf('.');
  return dot === -1 ? [interned(path), null] : [interned(path.slice(0, dot)), interned(path.slice(dot + 1))];
}
