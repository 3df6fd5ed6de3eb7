import type { PermitEvent, Resident } from './resident.ts';
import { INSURANCE_KINDS } from './resident.ts';

/** Two facts that cannot both be true. No value of the resident is repeated in it. */
export interface Contradiction {
  /** RFC 6901, relative to the resident. */
  readonly pointer: string;
  readonly code: ContradictionCode;
  readonly detail: { readonly 'zh-CN': string; readonly en: string };
}

/** How facts can contradict each other, in words. */
export const contradictions = {
  'event-before-issue': {
    'zh-CN': '居住证首次签发之前不能有此事件',
    en: 'this event cannot come before the permit was first issued',
  },
  'expiry-before-issue': { 'zh-CN': '有效期不能早于该日期', en: 'the expiry cannot come before the event' },
  'period-ends-before-start': { 'zh-CN': '期间的终止早于起始', en: 'the period ends before it starts' },
  'summary-exceeds-total': {
    'zh-CN': '连续月数不能多于累计月数',
    en: 'continuous months cannot be more than cumulative months',
  },
  'years-and-months-differ': {
    'zh-CN': '连续居住年数与连续居住月数不一致',
    en: 'the years and the months of continuous residence differ',
  },
  'part-exceeds-whole': {
    'zh-CN': '在同一区域内的连续居住月数不能多于连续居住月数',
    en: 'months in the same area cannot be more than months of continuous residence',
  },
  'owns-none-and-some': {
    'zh-CN': '在本市无自有住房，却有自有住房套数',
    en: 'homes are owned in the city, and none is',
  },
  'born-after-as-of': { 'zh-CN': '出生日期晚于查询日期', en: 'the date of birth lies after asOf' },
  'born-other-than-document': {
    'zh-CN': '出生日期与证件号码中的不一致',
    en: 'the date of birth is not the one in the number of the document',
  },
  'born-after-fact': { 'zh-CN': '该日期早于出生日期', en: 'this date lies before the date of birth' },
} as const;
export type ContradictionCode = keyof typeof contradictions;

/** A contradiction that was found, at its place in the resident. */
export function contradiction(pointer: string, code: ContradictionCode): Contradiction {
  return { pointer, code, detail: contradictions[code] };
}

/**
 * Contradictions in a resident's facts as of `asOf` (`YYYY-MM-DD`), all of them; empty when there are none
 * (semantics section 5: a contradiction is an error, never an unknown).
 */
export function findContradictions(resident: Resident, asOf: string): Contradiction[] {
  const found: Contradiction[] = [];
  const report = (pointer: string, code: ContradictionCode) => found.push(contradiction(pointer, code));
  const { birthDate, permit, residence, insurance, housing } = resident;

  if (birthDate !== undefined && birthDate > asOf) report('/birthDate', 'born-after-as-of');
  if (permit !== undefined && 'events' in permit) permitContradictions(permit.events, birthDate, report);
  if (residence !== undefined && 'periods' in residence) {
    residence.periods.forEach(({ from, to }, index) => {
      if (typeof to === 'string' && to < from)
        report(`/residence/periods/${index}/to`, 'period-ends-before-start');
      if (birthDate !== undefined && from < birthDate) {
        report(`/residence/periods/${index}/from`, 'born-after-fact');
      }
    });
  } else if (residence !== undefined) {
    summaryContradiction(residence, '/residence', report);
    const { continuousYears: years, continuousMonths: months, sameAreaMonths: here } = residence;
    if (years !== undefined && months !== undefined && Math.floor(months / 12) !== years) {
      report('/residence/continuousYears', 'years-and-months-differ');
    }
    if (here !== undefined && months !== undefined && here > months) {
      report('/residence/sameAreaMonths', 'part-exceeds-whole');
    }
  }
  if (housing?.ownsHomeInCity === false && (housing.ownedHomesInCity ?? 0) > 0) {
    report('/housing/ownedHomesInCity', 'owns-none-and-some');
  }
  for (const kind of INSURANCE_KINDS) {
    const record = insurance?.[kind];
    if (record === undefined) continue;
    if ('contributions' in record) {
      record.contributions.forEach(({ from, to }, index) => {
        if (to < from) report(`/insurance/${kind}/contributions/${index}/to`, 'period-ends-before-start');
      });
    } else {
      summaryContradiction(record, `/insurance/${kind}`, report);
    }
  }
  return found;
}

type Report = (pointer: string, code: ContradictionCode) => void;

function permitContradictions(
  events: readonly PermitEvent[],
  birthDate: string | undefined,
  report: Report,
): void {
  let firstIssue: string | undefined;
  for (const { type, on } of events) {
    if (type === 'issued' && (firstIssue === undefined || on < firstIssue)) firstIssue = on;
  }
  events.forEach((event, index) => {
    if (event.type !== 'issued' && (firstIssue === undefined || event.on < firstIssue)) {
      report(`/permit/events/${index}/on`, 'event-before-issue');
    }
    if (birthDate !== undefined && event.on < birthDate)
      report(`/permit/events/${index}/on`, 'born-after-fact');
    if (event.expiresOn !== undefined && event.expiresOn < event.on) {
      report(`/permit/events/${index}/expiresOn`, 'expiry-before-issue');
    }
  });
}

function summaryContradiction(
  summary: { readonly continuousMonths?: number | undefined; readonly cumulativeMonths?: number | undefined },
  pointer: string,
  report: Report,
): void {
  const { continuousMonths, cumulativeMonths } = summary;
  if (
    continuousMonths !== undefined &&
    cumulativeMonths !== undefined &&
    continuousMonths > cumulativeMonths
  ) {
    report(`${pointer}/continuousMonths`, 'summary-exceeds-total');
  }
}
