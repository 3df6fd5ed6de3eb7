import { addDays, type CivilDate } from '../../../shared/domain/calendar/civil-date.ts';
import { addMonths, addYears, fullYears } from '../../../shared/domain/calendar/duration.ts';
import type { DocumentType } from '../../../shared/domain/identity/document.ts';
import { placeOfOrigin } from './places.ts';
import { planStays, type Stay, staysFrom } from './plan-stays.ts';
import type { Random } from './random.ts';
import type { Sex } from './sample-number.ts';

type HukouKind = 'agricultural' | 'non-agricultural';

export interface Member {
  readonly role: 'adult' | 'child' | 'elder';
  readonly birth: CivilDate;
  readonly sex: Sex;
  /** From this day on they live with the household in the city. */
  readonly joins: CivilDate;
}

/** People who live together: where, since when, and who they are. */
export interface Household {
  readonly documentType: DocumentType;
  /** Of 港澳台居民居住证: which of the three regions. */
  readonly region: number;
  /** Whether their hukou was in the city all along. */
  readonly local: boolean;
  readonly hukouArea: string;
  readonly hukouKind: HukouKind;
  /** The day their hukou moved into the city, or, for locals, from a village into a town; null: it did not. */
  readonly hukouMovedOn: CivilDate | null;
  readonly student: boolean;
  readonly stays: readonly Stay[];
  readonly marriedOn: CivilDate | null;
  readonly children: readonly CivilDate[];
  readonly members: readonly Member[];
}

type HouseholdKind = 'single' | 'couple' | 'family' | 'generations' | 'elders' | 'student';

/** Ages of the one the plan begins with, in years. */
const AGES: Record<HouseholdKind, readonly [from: number, to: number]> = {
  single: [19, 55],
  couple: [24, 62],
  family: [26, 52],
  generations: [28, 46],
  elders: [58, 94],
  student: [16, 22],
};

/** Months back from today at which some rule turns: enough people stand right before, on and behind them. */
const TURNING_MONTHS = [5, 6, 11, 12, 24, 36, 60] as const;

export function planHousehold(random: Random, today: CivilDate): Household {
  const kind = random.weighted<HouseholdKind>([
    ['single', 34],
    ['couple', 16],
    ['family', 28],
    ['generations', 8],
    ['elders', 9],
    ['student', 5],
  ]);
  const documentType = random.weighted<DocumentType>([
    ['resident-id', 96.5],
    ['hmt-permit', 2],
    ['foreign-pr', 1.5],
  ]);
  const local = documentType === 'resident-id' && random.chance(kind === 'elders' ? 40 : 18);
  const [youngest, oldest] = AGES[kind];
  const birth = addDays(addYears(today, -random.int(youngest, oldest)), -random.int(0, 364));
  const arrival = arrivalOf(random, birth, today, local);
  const stays = planStays(random, arrival, today, local);
  const marriedOn = kind === 'single' || kind === 'student' ? null : weddingOf(random, birth, today);
  const hasChildren = kind === 'family' || kind === 'generations';
  const children = marriedOn === null || !hasChildren ? [] : childrenOf(random, marriedOn, birth, today);
  const members = membersOf(random, { birth, arrival, marriedOn, children, kind }).flatMap((member) => {
    // Who would have come while the household was away comes back with it, or never comes.
    const joins = staysFrom(stays, member.joins)[0]?.from;
    return joins === undefined || joins > today ? [] : [{ ...member, joins }];
  });
  return {
    documentType,
    region: random.int(0, 2),
    local,
    hukouArea: local
      ? random.chance(55)
        ? stays[0]!.areaCode
        : (stays.at(-1)?.areaCode ?? '510104')
      : placeOfOrigin(random),
    hukouKind: random.chance(local ? 30 : 65) ? 'agricultural' : 'non-agricultural',
    hukouMovedOn: hukouMoveOf(random, arrival, today, local),
    student: kind === 'student',
    stays,
    marriedOn,
    children,
    members,
  };
}

function arrivalOf(random: Random, birth: CivilDate, today: CivilDate, local: boolean): CivilDate {
  // Most came lately.
  const recent = Math.min(random.int(0, 15 * 365), random.int(0, 20 * 365));
  const turning = addDays(addMonths(today, -random.pick(TURNING_MONTHS)), random.int(-1, 1));
  const some = addDays(today, local ? -random.int(400, 25 * 365) : -recent);
  const arrival = !local && random.chance(12) ? turning : some;
  const grown = addYears(birth, 16);
  return arrival > grown ? arrival : addDays(grown, random.int(0, Math.min(60, today - grown)));
}

/** From 23 on; null where that is still to come. */
function weddingOf(random: Random, birth: CivilDate, today: CivilDate): CivilDate | null {
  const wedding = addDays(addYears(birth, random.int(23, 30)), random.int(0, 364));
  return wedding <= today ? wedding : null;
}

function childrenOf(random: Random, wedding: CivilDate, parent: CivilDate, today: CivilDate): CivilDate[] {
  const births: CivilDate[] = [];
  let birth = addDays(wedding, random.int(280, 1_500));
  const count = random.weighted([
    [1, 55],
    [2, 37],
    [3, 8],
  ] as const);
  while (births.length < count && birth <= today && fullYears(parent, birth) < 45) {
    births.push(birth);
    birth = addDays(birth, random.int(450, 2_200));
  }
  return births;
}

interface Family {
  readonly kind: HouseholdKind;
  readonly birth: CivilDate;
  readonly arrival: CivilDate;
  readonly marriedOn: CivilDate | null;
  readonly children: readonly CivilDate[];
}

function membersOf(random: Random, { kind, birth, arrival, marriedOn, children }: Family): Member[] {
  const sex = random.pick<Sex>(['male', 'female']);
  const role = kind === 'elders' ? 'elder' : 'adult';
  const members: Member[] = [{ role, birth, sex, joins: arrival }];
  if (marriedOn !== null && !(kind === 'elders' && random.chance(35))) {
    const together = marriedOn > arrival ? marriedOn : arrival;
    members.push({
      role,
      birth: addDays(birth, random.int(-900, 900)),
      sex: sex === 'male' ? 'female' : 'male',
      joins: random.chance(65) ? together : addDays(together, random.int(1, 700)),
    });
  }
  for (const child of children) {
    // Registered within weeks of the birth, brought along, or sent for later.
    const joins =
      child >= arrival
        ? addDays(child, random.int(3, 40))
        : random.chance(55)
          ? arrival
          : addDays(arrival, random.int(1, 1_100));
    members.push({ role: 'child', birth: child, sex: random.pick<Sex>(['male', 'female']), joins });
  }
  if (kind === 'generations') {
    members.push({
      role: 'elder',
      birth: addDays(addYears(birth, -random.int(22, 34)), random.int(0, 364)),
      sex: random.pick<Sex>(['male', 'female', 'female']),
      joins: addDays(arrival, random.int(0, 1_500)),
    });
  }
  return members;
}

/** Of those from elsewhere some settle after years; of those from the villages of the city some move into a town. */
function hukouMoveOf(random: Random, arrival: CivilDate, today: CivilDate, local: boolean): CivilDate | null {
  const years = local ? random.int(1, 20) : random.int(5, 12);
  const moved = addDays(addYears(arrival, years), random.int(0, 364));
  return random.chance(local ? 15 : 12) && moved <= today ? moved : null;
}
