import type { PackParameters } from '../../shared/domain/policy/pack-schema.ts';
import type { PermitStatus, ResidencePeriod, Resident } from '../../shared/domain/resident/resident.ts';
import type { Day } from './calendar.ts';
import { isPermitHistory, type PermitReading, permitAreaAt, permitAt } from './permit.ts';
import { covers, periodOn, type Stretches, stretchesOf } from './stretches.ts';

/**
 * What is known of a resident at `asOf`, and the day `on` it is asked about. They differ in a forecast only: then life
 * goes on (section 6) as it was at `asOf`, and what the record says of later days is left out.
 */
export interface Situation {
  readonly resident: Resident;
  readonly parameters: PackParameters;
  readonly asOf: Day;
  readonly on: Day;
  /** Of a permit history, at `asOf`; null for a summary or no permit. */
  readonly permit: PermitReading | null;
  readonly stretches: Stretches;
}

export function situationAt(resident: Resident, parameters: PackParameters, asOf: Day): Situation {
  const { permit } = resident;
  const reading = permit && isPermitHistory(permit) ? permitAt(permit, asOf, parameters) : null;
  const stretches = stretchesOf(periodsOf(resident), reading, asOf);
  return { resident, parameters, asOf, on: asOf, permit: reading, stretches };
}

/** The same life, gone on until `day`. */
export const later = (situation: Situation, day: Day): Situation => ({ ...situation, on: day });

/** A permit that is endorsed in time every year keeps its status, and one that has an expiry day reaches it. */
export function permitStatus({ resident, permit, on }: Situation): PermitStatus | null {
  if (permit === null) {
    return resident.permit && !isPermitHistory(resident.permit) ? (resident.permit.status ?? null) : null;
  }
  if (permit.status !== 'valid' || permit.type === 'mainland' || !resident.permit) return permit.status;
  return permitExpiry(resident, permit) < on ? 'expired' : 'valid';
}

function permitExpiry(resident: Resident, reading: PermitReading): Day {
  if (!resident.permit || !isPermitHistory(resident.permit)) throw new Error('only a history has an expiry');
  const issue = resident.permit.events.find(
    (event) => event.type === 'issued' && event.on === reading.issuedOn,
  );
  if (issue?.expiresOn == null) throw new Error('a permit without an expiry day has no status');
  return issue.expiresOn;
}

export function permitArea({ resident: { permit }, asOf }: Situation): string | null {
  if (!permit) return null;
  return (isPermitHistory(permit) ? permitAreaAt(permit, asOf) : permit.areaCode) ?? null;
}

/** The registrations of residence, or null where the record has none to show. */
export function periodsOf(resident: Resident): readonly ResidencePeriod[] | null {
  return resident.residence && 'periods' in resident.residence ? resident.residence.periods : null;
}

/** Where the resident lives: as stated, else as registered, else as on the permit. */
export function residenceArea(situation: Situation): string | null {
  const { residence } = situation.resident;
  if (residence && !('periods' in residence) && residence.areaCode != null) return residence.areaCode;
  const periods = periodsOf(situation.resident);
  const registered = periods && periodOn(periods, situation.asOf)?.areaCode;
  return registered ?? permitArea(situation);
}

export function residenceRegistered({ resident, asOf }: Situation): boolean | null {
  const { residence } = resident;
  if (!residence) return null;
  if ('periods' in residence) return residence.periods.some((period) => covers(period, asOf));
  if (residence.registered != null) return residence.registered;
  const counted = (residence.continuousMonths ?? 0) > 0 || (residence.continuousYears ?? 0) > 0;
  return counted ? true : null;
}
