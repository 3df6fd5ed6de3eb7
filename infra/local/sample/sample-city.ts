import { type CivilDate, parseCivilDate } from '../../../shared/domain/calendar/civil-date.ts';
import type { Document } from '../../../shared/domain/identity/document.ts';
import { EventLog, type SampleEvent } from './event-log.ts';
import { type Household, type Member, planHousehold } from './plan-household.ts';
import { staysFrom } from './plan-stays.ts';
import { planWork } from './plan-work.ts';
import { LAST_SEED, Random } from './random.ts';
import { NumberRegister } from './sample-number.ts';
import {
  type Circumstance,
  planHouseholdUpdates,
  planHousingUpdates,
  tellCircumstances,
} from './tell-circumstances.ts';
import { tellInsurance } from './tell-insurance.ts';
import { tellPermit } from './tell-permit.ts';
import { tellPerson, tellResidence } from './tell-person.ts';
import { tellSchooling } from './tell-schooling.ts';
import { tellWork } from './tell-work.ts';

export interface SampleCityOptions {
  /** How many people; those of a smaller city are the first of a larger one with the same seed and day. */
  readonly residents: number;
  /** 0 to 4294967295: the same seed and day give the same city, to the byte, everywhere. */
  readonly seed: number;
  /** `YYYY-MM-DD`: the day up to which their lives are told. */
  readonly asOf: string;
}

/** One person of a city: nobody, though the check digit of the number is right. */
export interface SampleResident {
  readonly document: Document;
  /** In the order of the days. */
  readonly events: readonly SampleEvent[];
}

/**
 * Events as the bureaus of a city would have POSTed them, resident after resident and for each in the order of the
 * days. Of who came before only the numbers given out are counted, by birthday, so a city may be large.
 *
 * No other resident, seed, day or persona has events with the same ids. Numbers are another matter: people of two
 * cities may have the same, so a register takes one city.
 */
export function* sampleCity(options: SampleCityOptions): Generator<SampleEvent, void, undefined> {
  for (const { events } of sampleResidents(options)) yield* events;
}

/** The same, by person. */
export function* sampleResidents({
  residents,
  seed,
  asOf,
}: SampleCityOptions): Generator<SampleResident, void, undefined> {
  const today = parseCivilDate(asOf);
  if (today === null) throw new RangeError('asOf is not a date');
  if (!Number.isSafeInteger(residents) || residents < 0)
    throw new RangeError('residents is not a number of people');
  if (!Number.isInteger(seed) || seed < 0 || seed > LAST_SEED)
    throw new RangeError('seed is not one of 0 to 2^32 - 1');
  const numbers = new NumberRegister();
  let index = 0;
  for (let number = 0; index < residents; number++) {
    const random = new Random(seed, number);
    const household = planHousehold(random, today);
    const householdUpdates = planHouseholdUpdates(random, household, today);
    const housing = planHousingUpdates(random, household, household.stays);
    for (const member of household.members) {
      if (index === residents) return;
      const document = numbers.documentFor(
        household.documentType,
        member.birth,
        member.sex,
        household.region,
      );
      const log = new EventLog(document, `city-${seed}-${asOf}-${index}`, today);
      tellLife(random, log, member, household, [householdUpdates, housing], today);
      index += 1;
      yield { document, events: log.inOrder() };
    }
  }
}

function tellLife(
  random: Random,
  log: EventLog,
  member: Member,
  household: Household,
  circumstances: readonly (readonly Circumstance[])[],
  today: CivilDate,
): void {
  const stays = staysFrom(household.stays, member.joins);
  tellPerson(random, log, member, household);
  tellResidence(random, log, stays);
  tellPermit(random, log, member, household, stays, today);
  for (const updates of circumstances) tellCircumstances(log, member, updates);
  if (member.role === 'child' || household.student) tellSchooling(random, log, member, household);
  const spells = planWork(random, member, household, stays, today);
  tellWork(random, log, member, household, spells);
  if (member.role !== 'child' || spells.length > 0) tellInsurance(random, log, spells, today);
}
