import { PERMIT_TYPES, type PermitHistory, type PermitType } from '../resident/resident.ts';
import type { PermitFact } from './resident-record.ts';

/** One permit's events and where its current time began. */
interface PermitSince {
  readonly type: PermitType;
  readonly issuedOn: string;
  readonly cancelled: boolean;
}

/**
 * The permit that counts on `asOf` (`YYYY-MM-DD`), with its history: of several types the one issued last, one not
 * cancelled before one that was. Before the first issue it is the permit that was to come.
 *
 * `incomplete`: events came of a permit whose issue was not received, and that issue may be what counts on the day:
 * whether there is a permit, and since when, cannot be told. Such events before the issue that counts are left out.
 */
export function permitOfRecord(events: readonly PermitFact[], asOf: string): PermitHistory | 'incomplete' {
  const ofType = (type: PermitType) => events.filter((event) => event.permitType === type);
  const types = PERMIT_TYPES.filter((type) => ofType(type).length > 0);
  const withoutIssue = types.flatMap((type) => eventsBeforeIssue(ofType(type)));
  const current = types
    .map((type) => issuedBy(type, ofType(type), asOf))
    .filter((permit) => permit !== null)
    .sort(comesFirst)[0];
  if (withoutIssue.some(({ on }) => current === undefined || on > current.issuedOn)) return 'incomplete';
  const type = current?.type ?? firstIssued(events);
  const history = ofType(type).filter((event) => !withoutIssue.includes(event));
  return { type, events: history.map(({ permitType: _, ...event }) => event) };
}

function eventsBeforeIssue(events: readonly PermitFact[]): PermitFact[] {
  const firstIssue = events.find(({ type }) => type === 'issued')?.on;
  return events.filter(({ type, on }) => type !== 'issued' && (firstIssue === undefined || on < firstIssue));
}

function issuedBy(type: PermitType, events: readonly PermitFact[], asOf: string): PermitSince | null {
  const issue = events.findLast((event) => event.type === 'issued' && event.on <= asOf);
  if (issue === undefined) return null;
  const cancelled = events.some(
    (event) => event.type === 'cancelled' && event.on > issue.on && event.on <= asOf,
  );
  return { type, issuedOn: issue.on, cancelled };
}

function comesFirst(a: PermitSince, b: PermitSince): number {
  if (a.cancelled !== b.cancelled) return a.cancelled ? 1 : -1;
  if (a.issuedOn !== b.issuedOn) return a.issuedOn > b.issuedOn ? -1 : 1;
  return PERMIT_TYPES.indexOf(a.type) - PERMIT_TYPES.indexOf(b.type);
}

function firstIssued(events: readonly PermitFact[]): PermitType {
  return events.find(({ type }) => type === 'issued')!.permitType;
}
