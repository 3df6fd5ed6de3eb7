import { addDays } from '../../calendar/civil-date.ts';
import { PERMIT_STATUSES, PERMIT_TYPES } from '../../resident/resident.ts';
import type { CompiledFact } from './compiled-fact.ts';
import { EXACT, setExact, setUnknown } from './fact-vector.ts';
import { enumText } from './value-text.ts';

/** Status of the residence permit (semantics section 2). Time changes it only where it has an expiry date. */
export const permitStatusFact: CompiledFact = {
  key: 'permit.status',
  inputs: ['permit.status'],
  step: 0,
  read(life, day, vector, index) {
    const status = life.permitStatusOn(day);
    if (status === null) setUnknown(vector, index, life, 'permit');
    else setExact(vector, index, PERMIT_STATUSES.indexOf(status));
  },
  missing: (life) => {
    if (life.permitStatusOn(life.asOf) !== null) return [];
    return life.permit?.status === 'unknown' ? ['permit.expiresOn'] : ['permit.status'];
  },
  changes(life, _bounds, until) {
    const permit = life.permit;
    if (permit?.status !== 'valid' || permit.nextEndorsement !== null) return [];
    const firstDayAfter = addDays(permit.expiresOn!, 1);
    return firstDayAfter <= until ? [firstDayAfter] : [];
  },
  text: (vector, index, language) =>
    vector.state[index] === EXACT ? enumText(PERMIT_STATUSES[vector.low[index]!]!, language) : null,
};

/** Type of the permit; `mainland` where a permit is given without one. */
export const permitTypeFact: CompiledFact = {
  key: 'permit.type',
  inputs: ['permit.type'],
  step: 0,
  changes: null,
  read(life, _day, vector, index) {
    const type = life.permitType;
    if (type === null) setUnknown(vector, index, life, 'permit');
    else setExact(vector, index, PERMIT_TYPES.indexOf(type));
  },
  missing: (life) => (life.permitType === null ? ['permit.type'] : []),
  text: (vector, index, language) =>
    vector.state[index] === EXACT ? enumText(PERMIT_TYPES[vector.low[index]!]!, language) : null,
};
