import { permitOfRecord } from './permit-of-record.ts';
import { residenceOfRecord } from './residence-of-record.ts';
import type { ResidentRecord } from './resident-record.ts';

/**
 * The areas whose offices a person belongs to on a day: where they are registered as residing, where their permit was
 * last issued or moved to, where their hukou is. Area codes in alphabetical order; none where nothing of it is known.
 *
 * @param asOf `YYYY-MM-DD`
 */
export function districtsOfRecord(record: ResidentRecord, asOf: string): string[] {
  const areas = [residenceArea(record, asOf), permitArea(record, asOf), hukouArea(record, asOf)];
  return [...new Set(areas.filter((area) => area !== undefined))].sort();
}

function residenceArea({ residenceEvents = [] }: ResidentRecord, asOf: string): string | undefined {
  const periods = residenceOfRecord(residenceEvents);
  if (periods === 'incomplete') return residenceEvents.findLast(({ on }) => on <= asOf)?.areaCode;
  return periods.findLast(({ from, to = null }) => from <= asOf && (to === null || asOf < to))?.areaCode;
}

function permitArea({ permitEvents = [] }: ResidentRecord, asOf: string): string | undefined {
  if (permitEvents.length === 0) return undefined;
  const permit = permitOfRecord(permitEvents, asOf);
  const events = permit === 'incomplete' ? permitEvents : permit.events;
  const placed = events.filter((event) => event.on <= asOf && 'areaCode' in event);
  return placed
    .map((event) => ('areaCode' in event ? event.areaCode : undefined))
    .findLast((area) => area !== undefined);
}

function hukouArea({ hukou = [] }: ResidentRecord, asOf: string): string | undefined {
  return hukou.findLast(({ on }) => on <= asOf)?.areaCode;
}
