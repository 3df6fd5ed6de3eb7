import type { CivilMonth } from '../calendar/civil-month.ts';
import { creditedMonths, type MonthInterval } from '../insurance/credited-months.ts';
import { INSURANCE_KINDS } from '../resident/resident.ts';
import { joinLists } from './join-lists.ts';
import type { HukouMove, PaidMonths, PermitFact, ResidenceFact, ResidentRecord } from './resident-record.ts';

/** The facts of a record, without what has been corrected and voided. */
export type RecordFacts = Omit<ResidentRecord, 'schemaVersion' | 'amendments'>;

interface Written {
  readonly on: string;
  readonly source: string;
  readonly eventId: string;
  readonly correction?: boolean;
}

const LAST_WRITTEN = ['birthDate', 'sex', 'household', 'housing', 'employment', 'education'] as const;

/**
 * What several sets of events say together. Neither grouping nor order nor repetition matters (a join of semilattices),
 * which is why a record is the same whatever the order its events come in, and however often.
 */
export function joinFacts(sets: readonly RecordFacts[]): RecordFacts {
  const joined: RecordFacts = {};
  for (const part of LAST_WRITTEN) {
    for (const { [part]: written } of sets) {
      if (written !== undefined) Object.assign(joined, { [part]: later(joined[part], written) });
    }
  }
  const permitEvents = joinLists(
    sets.map((facts) => facts.permitEvents),
    permitKey,
  );
  if (permitEvents !== null) joined.permitEvents = permitEvents;
  const residenceEvents = joinLists(
    sets.map((facts) => facts.residenceEvents),
    residenceKey,
  );
  if (residenceEvents !== null) joined.residenceEvents = residenceEvents;
  const moves = joinLists(
    sets.map((facts) => facts.hukou),
    hukouKey,
    joinMoves,
  );
  if (moves !== null) joined.hukou = moves.slice(-2);
  const insurances = sets.map((facts) => facts.insurance).filter((insurance) => insurance !== undefined);
  if (insurances.length > 0) joined.insurance = joinInsurances(insurances);
  return joined;
}

/** Keys are read as texts: dates first, as they sort by themselves. A blank sorts before all that can follow. */
const permitKey = ({ on, permitType, type, areaCode = '', expiresOn = '' }: PermitFact) =>
  `${on} ${permitType} ${type} ${areaCode} ${expiresOn}`;
/** On one day, an end comes before a beginning. */
const residenceKey = ({ on, type, areaCode }: ResidenceFact) => `${on} ${type} ${areaCode}`;
const hukouKey = ({ on, areaCode }: HukouMove) => `${on} ${areaCode}`;
const paidKey = ({ kind, areaCode = '' }: PaidMonths) => `${kind} ${areaCode}`;

const writtenKey = ({ on, source, eventId, correction = false }: Written) =>
  `${on} ${correction ? 1 : 0} ${source} ${eventId}`;

/** The value stated last: by the day it took effect, not by when it was heard of. */
function later<Value extends Written>(a: Value | undefined, b: Value): Value {
  return a !== undefined && writtenKey(a) > writtenKey(b) ? a : b;
}

/** One move told by two bureaus, one of which may know more of it. */
function joinMoves(a: HukouMove, b: HukouMove): HukouMove {
  const joined = { ...a };
  for (const field of ['kind', 'previousAreaCode', 'previousKind'] as const) {
    const [known, told] = [a[field], b[field]];
    if (told !== undefined && (known === undefined || told > known)) Object.assign(joined, { [field]: told });
  }
  return joined;
}

type Insurance = NonNullable<RecordFacts['insurance']>;

function joinInsurances(insurances: readonly Insurance[]): Insurance {
  const joined: Insurance = {};
  for (const kind of INSURANCE_KINDS) {
    const paid = joinLists(
      insurances.map((insurance) => insurance[kind]),
      paidKey,
      (a, b) => ({ ...a, months: monthsOnEnd(monthIntervals([...a.months, ...b.months])) }),
    );
    if (paid !== null) joined[kind] = paid;
  }
  return joined;
}

/** Intervals in any order, overlapping or touching, as the fewest months on end, in order. */
export function monthsOnEnd(intervals: readonly MonthInterval[]): PaidMonths['months'] {
  return creditedMonths(intervals).map(({ from, to }) => [from, to - from + 1]);
}

/** The intervals that a record's months are. */
export function monthIntervals(months: PaidMonths['months']): MonthInterval[] {
  return months.map(([from, count]) => ({
    from: from as CivilMonth,
    to: (from + count - 1) as CivilMonth,
  }));
}
