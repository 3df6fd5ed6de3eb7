import { addDays, type CivilDate, formatCivilDate } from '../../../shared/domain/calendar/civil-date.ts';
import type { EventLog, Happening } from './event-log.ts';
import { anotherArea, isCentral } from './places.ts';
import type { Household, Member } from './plan-household.ts';
import type { Stay } from './plan-stays.ts';
import type { Random } from './random.ts';

/** What a bureau tells of every grown member of a household on a day. */
export interface Circumstance {
  readonly on: CivilDate;
  readonly happening: Happening;
}

/** Incomes at which rules turn, whole yuan a year. */
const TURNING_INCOMES = [50_000, 70_000, 100_000] as const;

/** The household as it grows and as its income changes, the same for all who live in it. */
export function planHouseholdUpdates(random: Random, household: Household, today: CivilDate): Circumstance[] {
  // Of some households the bureau has never heard.
  if (random.chance(10)) return [];
  const { members, children, marriedOn } = household;
  const arrival = members[0]!.joins;
  const days = new Set<CivilDate>([arrival]);
  for (const { joins } of members) days.add(joins);
  for (const birth of children) if (birth > arrival) days.add(addDays(birth, random.int(3, 40)));
  if (marriedOn !== null && marriedOn > arrival) days.add(marriedOn);
  for (let day = arrival; day < today; day = addDays(day, random.int(500, 1_200))) days.add(day);
  const recipient = household.local && random.chance(3);
  let income = recipient ? random.int(6, 18) * 1_000 : random.int(30, 150) * 1_000;
  return [...days]
    .sort((a, b) => a - b)
    .map((on) => {
      income = random.chance(15)
        ? random.pick(TURNING_INCOMES) + random.int(0, 1)
        : Math.round((income * random.int(97, 112)) / 100);
      const married = marriedOn !== null && marriedOn <= on;
      const here = members.filter(({ joins }) => joins <= on).length;
      // Those who stayed behind belong to the household too.
      const born = children.filter((birth) => birth <= on);
      const alone = married ? {} : { personalAnnualIncome: income };
      return {
        on,
        happening: {
          type: 'household.updated',
          household: {
            size: Math.max(here, 1 + (married ? 1 : 0) + born.length),
            annualIncome: income,
            single: !married,
            minimumLivingRecipient: recipient,
            ...alone,
            ...(married ? { marriedSince: formatCivilDate(marriedOn) } : {}),
            children: born.map((birth) => ({ birthDate: formatCivilDate(birth) })),
          },
        },
      };
    });
}

/** How they live, stay by stay. */
export function planHousingUpdates(
  random: Random,
  { local, student, hukouKind }: Household,
  stays: readonly Stay[],
): Circumstance[] {
  // Homes are told of by whoever looks after them: of some nobody does.
  if (random.chance(8)) return [];
  const ofCountry = hukouKind === 'agricultural';
  let homes: string[] = [];
  return stays.map(({ from: on, areaCode }) => {
    if (!student && random.chance(local ? 60 : ofCountry ? 12 : 25)) homes = [...homes, areaCode].slice(-3);
    const owned = homes.includes(areaCode);
    const tenure = owned ? 'owned' : student ? 'dormitory' : random.chance(88) ? 'rented' : 'dormitory';
    const publicHousing = tenure === 'rented' && homes.length === 0 && random.chance(6);
    const purchaseAreaCode = random.chance(8) ? anotherArea(random, areaCode) : null;
    return {
      on,
      happening: {
        type: 'housing.updated',
        housing: {
          tenure,
          areaCode,
          ...(tenure === 'rented' ? { leaseFiled: random.chance(55) } : {}),
          ownsHomeInCity: homes.length > 0,
          ownedHomesInCity: homes.length,
          ownsHomeInCentralCity: homes.some(isCentral),
          ownsHomeInProjectCounty: owned,
          ownedAreaPerPerson: homes.length === 0 ? 0 : random.int(12, 45),
          rentsPublicHousing: publicHousing,
          receivesOtherHousingSupport: publicHousing,
          ...(purchaseAreaCode === null
            ? {}
            : { purchaseAreaCode, purchaseArea: random.pick([89, 110, 144, 145]) }),
        },
      },
    };
  });
}

/** What was told from the day on that a member joined, and how things stood on that day. */
export function tellCircumstances(log: EventLog, { joins }: Member, updates: readonly Circumstance[]): void {
  const standing = updates.findLast(({ on }) => on <= joins);
  if (standing !== undefined) log.tell(joins, standing.happening);
  for (const { on, happening } of updates) if (on > joins) log.tell(on, happening);
}
