import { type CivilDate, formatCivilDate } from '../calendar/civil-date.ts';
import { formatCivilMonth } from '../calendar/civil-month.ts';
import { findContradictions } from '../resident/contradictions.ts';
import type { Hukou, InsuranceHistory, InsuranceKind, Resident } from '../resident/resident.ts';
import { permitOfRecord } from './permit-of-record.ts';
import { monthIntervals } from './record-facts.ts';
import { type RecordFinding, recordFinding } from './record-finding.ts';
import { residenceOfRecord } from './residence-of-record.ts';
import type { PaidMonths, ResidentRecord } from './resident-record.ts';

/** A resident as an evaluation takes one: `unavailable` goes into its options. */
export interface ResidentOfRecord {
  /** Free of contradictions. */
  readonly resident: Resident;
  /** Parts that are left out because the record cannot be right about them: unknown, and not for want of asking. */
  readonly unavailable: ReadonlySet<string>;
  /** Why, one for each. */
  readonly findings: readonly RecordFinding[];
}

/**
 * What a record says of a resident on `asOf`.
 *
 * - What no event has stated is absent, and so is what only a later day's event states of the day's circumstances.
 * - What contradicts itself, as when the issue of an endorsed permit is still to come, is left out as unavailable with
 *   a finding: the answer is then "undetermined", never "no", and the rest is answered (docs/adr/0005-register.md).
 */
export function residentOfRecord(record: ResidentRecord, asOf: CivilDate): ResidentOfRecord {
  const day = formatCivilDate(asOf);
  const resident: { -readonly [Part in keyof Resident]: Resident[Part] } = {};
  const findings: RecordFinding[] = [];
  const { birthDate, sex, permitEvents, residenceEvents, insurance } = record;
  if (birthDate !== undefined) resident.birthDate = birthDate.value;
  if (sex !== undefined) resident.sex = sex.value;
  if (insurance !== undefined) resident.insurance = insuranceOf(insurance);
  const hukou = hukouOf(record.hukou ?? [], day);
  if (hukou !== null) resident.hukou = hukou;
  for (const part of ['household', 'housing', 'employment', 'education'] as const) {
    const written = record[part];
    if (written !== undefined && written.on <= day) Object.assign(resident, { [part]: written.value });
  }

  const residence = residenceEvents === undefined ? undefined : residenceOfRecord(residenceEvents);
  if (residence === 'incomplete') findings.push(recordFinding('residence', 'residence-start-not-received'));
  else if (residence !== undefined) resident.residence = { periods: residence };

  const permit = permitEvents === undefined ? undefined : permitOfRecord(permitEvents, day);
  if (permit === 'incomplete') {
    findings.push(recordFinding('permit', 'permit-issue-not-received'));
    // How long someone has lived here depends on when the permit lapsed.
    if (residence !== 'incomplete') {
      findings.push(recordFinding('residence', 'residence-without-permit-history'));
      delete resident.residence;
    }
  } else if (permit !== undefined) resident.permit = permit;

  findings.push(...takeOutContradictions(resident, day));
  return { resident, unavailable: new Set(findings.map(({ part }) => part)), findings };
}

/** Leaves out what cannot be true together with something else, and that something with it: either may be wrong. */
function takeOutContradictions(
  resident: { -readonly [Part in keyof Resident]: Resident[Part] },
  day: string,
): RecordFinding[] {
  const found = new Map<keyof Resident, RecordFinding>();
  for (const { pointer, code, detail } of findContradictions(resident, day)) {
    const part = pointer.split('/')[1] as keyof Resident;
    found.set(part, { part, code, detail });
    if (code === 'born-after-fact') found.set('birthDate', { part: 'birthDate', code, detail });
  }
  for (const part of found.keys()) delete resident[part];
  return [...found.values()];
}

function hukouOf(moves: NonNullable<ResidentRecord['hukou']>, day: string): Hukou | null {
  const known = moves.filter(({ on }) => on <= day);
  const present = known.at(-1);
  if (present === undefined) return null;
  const { on: since, ...registration } = present;
  const before = known.at(-2);
  if (before === undefined) return { ...registration, since };
  const previousAreaCode = present.previousAreaCode ?? before.areaCode;
  const previousKind =
    present.previousKind ?? (previousAreaCode === before.areaCode ? before.kind : undefined);
  return {
    ...registration,
    since,
    previousAreaCode,
    ...(previousKind === undefined ? {} : { previousKind }),
  };
}

function insuranceOf(insurance: NonNullable<ResidentRecord['insurance']>): Resident['insurance'] {
  const histories: { [kind in InsuranceKind]?: InsuranceHistory } = {};
  for (const kind of Object.keys(insurance) as InsuranceKind[]) {
    histories[kind] = { contributions: (insurance[kind] ?? []).flatMap(contributionsOf) };
  }
  return histories;
}

function contributionsOf({ months, ...paid }: PaidMonths): InsuranceHistory['contributions'] {
  return monthIntervals(months).map(({ from, to }) => ({
    from: formatCivilMonth(from),
    to: formatCivilMonth(to),
    ...paid,
  }));
}
