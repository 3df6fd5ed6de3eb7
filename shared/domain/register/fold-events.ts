import { amendmentOf, joinAmendments, stands } from './amendments.ts';
import { factsOfEvent } from './facts-of-event.ts';
import { joinFacts } from './record-facts.ts';
import type { RegisterEvent } from './register-event.ts';
import { emptyRecord, type ResidentRecord } from './resident-record.ts';

/**
 * The record that a resident's events make: what every event that stands says, taken together. This is the definition;
 * `applyEvent` only gets there faster. The order of the events and their repetition do not matter.
 */
export function foldEvents(events: Iterable<RegisterEvent>): ResidentRecord {
  const all = [...events];
  const made = all.map(amendmentOf).filter((amendment) => amendment !== null);
  const amendments = joinAmendments(made.map((amendment) => [amendment]));
  const standing = all.filter((event) => stands(event, amendments));
  return {
    ...emptyRecord,
    ...joinFacts(standing.map(factsOfEvent)),
    ...(amendments.length === 0 ? {} : { amendments }),
  };
}
