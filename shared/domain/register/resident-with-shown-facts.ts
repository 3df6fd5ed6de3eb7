import { type CivilDate, formatCivilDate } from '../calendar/civil-date.ts';
import { type Contradiction, findContradictions } from '../resident/contradictions.ts';
import { INSURANCE_KINDS, type Resident } from '../resident/resident.ts';
import { type ResidentOfRecord, residentOfRecord } from './resident-of-record.ts';
import { emptyRecord, type ResidentRecord } from './resident-record.ts';

/** Parts that are one statement each, shown whole or not at all. */
const WHOLE = ['birthDate', 'sex', 'permit', 'residence'] as const;
/** Parts of which each member is a fact by itself. */
const BY_MEMBER = ['hukou', 'employment', 'housing', 'household', 'education', 'points', 'hardship'] as const;

export interface ResidentWithShownFacts extends ResidentOfRecord {
  /** Between shown facts, or of one with the record; the pointers lead into what was shown. */
  readonly contradictions: readonly Contradiction[];
}

type Parts = { -readonly [Part in keyof Resident]: Resident[Part] };

/**
 * A resident as the record and documents that were shown tell of them. What was shown wins: histories and single
 * values take the place of the record's, insurance by kind; circumstances are taken member by member.
 *
 * The record is read as if it had never held what was replaced, so that a permit that is shown also mends what its gaps
 * in the record had made unavailable.
 *
 * @param record null for somebody who is not registered.
 */
export function residentWithShownFacts(
  record: ResidentRecord | null,
  shown: Resident,
  asOf: CivilDate,
): ResidentWithShownFacts {
  const known = residentOfRecord(withoutReplaced(record ?? emptyRecord, shown), asOf);
  const resident: Parts = { ...known.resident };
  for (const part of WHOLE) if (shows(shown[part])) Object.assign(resident, { [part]: shown[part] });
  for (const part of BY_MEMBER) {
    if (shows(shown[part])) Object.assign(resident, { [part]: { ...resident[part], ...shown[part] } });
  }
  const kinds = INSURANCE_KINDS.filter((kind) => shows(shown.insurance?.[kind]));
  if (kinds.length > 0) {
    const insurance = Object.fromEntries(kinds.map((kind) => [kind, shown.insurance![kind]]));
    resident.insurance = { ...resident.insurance, ...insurance };
  }
  // The record by itself is free of them: whatever there is comes from what was shown.
  const contradictions = new Map<string, Contradiction>();
  for (const found of findContradictions(resident, formatCivilDate(asOf))) {
    const pointer = pointerIntoShown(found.pointer, shown);
    // One shown fact may not go together with many of the record.
    contradictions.set(`${pointer} ${found.code}`, { ...found, pointer });
  }
  return { ...known, resident, contradictions: [...contradictions.values()] };
}

/** The paths of the facts that are shown, in alphabetical order: histories and kinds of insurance as a whole. */
export function shownPaths(shown: Resident): string[] {
  const paths: string[] = WHOLE.filter((part) => shows(shown[part]));
  for (const part of BY_MEMBER) {
    paths.push(...Object.keys(shown[part] ?? {}).map((member) => `${part}.${member}`));
  }
  for (const kind of INSURANCE_KINDS) if (shows(shown.insurance?.[kind])) paths.push(`insurance.${kind}`);
  return paths.sort();
}

/** A part without any member says nothing, and takes the place of nothing. */
function shows(part: string | object | undefined): boolean {
  return typeof part === 'object' ? Object.keys(part).length > 0 : part !== undefined;
}

function withoutReplaced(record: ResidentRecord, shown: Resident): ResidentRecord {
  const { birthDate, sex, permitEvents, residenceEvents, insurance, ...rest } = record;
  const kept = Object.entries(insurance ?? {}).filter(
    ([kind]) => !shows(shown.insurance?.[kind as keyof typeof insurance]),
  );
  return {
    ...rest,
    ...(birthDate !== undefined && !shows(shown.birthDate) && { birthDate }),
    ...(sex !== undefined && !shows(shown.sex) && { sex }),
    ...(permitEvents !== undefined && !shows(shown.permit) && { permitEvents }),
    ...(residenceEvents !== undefined && !shows(shown.residence) && { residenceEvents }),
    ...(kept.length > 0 && { insurance: Object.fromEntries(kept) }),
  };
}

/** The place itself where it was shown, else the part, or the birth date, that it does not go together with. */
function pointerIntoShown(pointer: string, shown: Resident): string {
  const [, ...steps] = pointer.split('/');
  let value: unknown = shown;
  for (const step of steps) value = (value as Record<string, unknown> | undefined)?.[step];
  if (value !== undefined) return pointer;
  const part = steps[0] as keyof Resident;
  return shown[part] === undefined ? '/birthDate' : `/${part}`;
}
