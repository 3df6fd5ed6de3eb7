import { addDays, civilDate, formatCivilDate } from '../../../shared/domain/calendar/civil-date.ts';
import {
  type CivilMonth,
  civilMonth,
  formatCivilMonth,
} from '../../../shared/domain/calendar/civil-month.ts';
import { applyEvent } from '../../../shared/domain/register/apply-event.ts';
import { foldEvents } from '../../../shared/domain/register/fold-events.ts';
import type { RegisterEvent } from '../../../shared/domain/register/register-event.ts';
import { emptyRecord, type ResidentRecord } from '../../../shared/domain/register/resident-record.ts';
import { INSURANCE_KINDS } from '../../../shared/domain/resident/resident.ts';
import { type Chooser, chance, pick } from '../../support/chooser.ts';

const SOURCES = ['civil-affairs', 'police', 'social-insurance'];
const AREAS = ['510104', '510107', 'CD-GXQ', '513425'];
const KINDS = ['agricultural', 'non-agricultural', undefined] as const;

type Facts<Event> = Event extends RegisterEvent ? Omit<Event, 'eventId' | 'occurredOn' | 'source'> : never;

/**
 * Events that get in each other's way: few days, few areas, ids that are named before they exist or never do.
 * `amendments` of 100 correct or void others.
 */
export function generateEvents(chooser: Chooser, count: number, amendments = 20): RegisterEvent[] {
  const span = pick(chooser, [10, 400, 4_000]);
  const day = () => formatCivilDate(addDays(civilDate(2012, 1, 1), chooser.int(0, span)));
  return Array.from({ length: count }, (_, index) => {
    const facts = chance(chooser, amendments) ? amendmentOf(chooser, count) : factsOf(chooser);
    const source = facts.type.startsWith('insurance.')
      ? pick(chooser, SOURCES.slice(1))
      : pick(chooser, SOURCES);
    return { ...facts, eventId: `e-${index}`, occurredOn: day(), source } as RegisterEvent;
  });
}

function amendmentOf(chooser: Chooser, count: number): Facts<RegisterEvent> {
  const id = `e-${chooser.int(0, count + 5)}`;
  return chance(chooser, 50)
    ? { type: 'insurance.voided', voids: id }
    : { ...contributed(chooser), type: 'insurance.corrected', corrects: id };
}

function factsOf(chooser: Chooser): Facts<RegisterEvent> {
  const areaCode = pick(chooser, AREAS);
  const permitType = pick(chooser, ['mainland', 'mainland', 'temporary', 'hmt', undefined] as const);
  const expiresOn = pick(chooser, ['2030-01-01', '2031-01-01', undefined]);
  switch (chooser.int(0, 22)) {
    case 0:
      return { type: 'resident.registered', birthDate: pick(chooser, ['1980-01-01', '1981-02-02']) };
    case 1:
      return { type: 'resident.corrected', sex: pick(chooser, ['male', 'female'] as const) };
    case 2:
    case 3:
      return { type: 'permit.issued', permitType, areaCode, expiresOn };
    case 4:
      return { type: 'permit.endorsed', permitType };
    case 5:
      return { type: 'permit.cancelled', permitType };
    case 6:
      return { type: 'permit.replaced', permitType, expiresOn };
    case 7:
      return { type: 'permit.moved', permitType, areaCode };
    case 8:
    case 9:
      return { type: 'residence.registered', areaCode };
    case 10:
      return { type: 'residence.ended', areaCode };
    case 11:
      return {
        type: 'hukou.moved',
        areaCode,
        kind: pick(chooser, KINDS),
        previousKind: pick(chooser, KINDS),
      };
    case 12:
      return { type: 'household.updated', household: { size: chooser.int(1, 5), annualIncome: 90_000 } };
    case 13:
      return { type: 'housing.updated', housing: { tenure: 'rented', leaseFiled: chance(chooser, 50) } };
    case 14:
      return { type: 'employment.updated', employment: { areaCode, status: 'employed' } };
    case 15:
      return { type: 'education.updated', education: { juniorSecondaryYears: chooser.int(0, 3) } };
    default:
      return { ...contributed(chooser), type: 'insurance.contributed' };
  }
}

function contributed(chooser: Chooser) {
  const contributions = Array.from({ length: chooser.int(0, 2) }, () => {
    const from = chooser.int(civilMonth(2012, 1), civilMonth(2024, 1));
    const areaCode = pick(chooser, [...AREAS, undefined]);
    return {
      from: formatCivilMonth(from as CivilMonth),
      to: formatCivilMonth((from + chooser.int(0, 14)) as CivilMonth),
      kind: chance(chooser, 85) ? ('paid' as const) : ('back-paid' as const),
      ...(areaCode === undefined ? {} : { areaCode }),
    };
  });
  const first = chooser.int(0, INSURANCE_KINDS.length - 1);
  return { kinds: INSURANCE_KINDS.slice(first, first + chooser.int(1, 3)), contributions };
}

export interface Applied {
  readonly record: ResidentRecord;
  /** How often the record had to be folded anew. */
  readonly rebuilds: number;
}

/** The record as a store moves it: event by event, folded anew from all that are stored where that is asked for. */
export function applyAll(events: readonly RegisterEvent[]): Applied {
  let record = emptyRecord;
  let rebuilds = 0;
  events.forEach((event, index) => {
    const applied = applyEvent(record, event);
    if (applied === 'needs-rebuild') rebuilds += 1;
    record = applied === 'needs-rebuild' ? foldEvents(events.slice(0, index + 1)) : applied;
  });
  return { record, rebuilds };
}
