import { amendmentOf, amendmentTo, joinAmendments, stands } from './amendments.ts';
import { factsOfEvent } from './facts-of-event.ts';
import { joinFacts } from './record-facts.ts';
import type { RegisterEvent } from './register-event.ts';
import type { ResidentRecord } from './resident-record.ts';

/**
 * The record with one more event, or the same record when the event adds nothing: what `foldEvents` makes of all
 * events so far and this one, in whatever order they came and however often.
 *
 * `needs-rebuild`: the event takes back what may already be merged into the insured months, which do not tell what
 * they came from; the record is to be folded anew from the stored events.
 */
export function applyEvent(record: ResidentRecord, event: RegisterEvent): ResidentRecord | 'needs-rebuild' {
  const known = record.amendments ?? [];
  const amendment = amendmentOf(event);
  if (amendment === null) return stands(event, known) ? withFacts(record, event) : record;

  const { source, target, eventId } = amendment;
  const amendments = joinAmendments([known, [amendment]]);
  const isLatest = amendmentTo(amendments, source, target)?.eventId === eventId;
  const isKnown = amendmentTo(known, source, target)?.eventId === eventId;
  if (!isLatest || isKnown) return record;
  if (record.insurance !== undefined) return 'needs-rebuild';
  const amended = { ...record, amendments };
  return stands(event, amendments) ? withFacts(amended, event) : amended;
}

function withFacts(record: ResidentRecord, event: RegisterEvent): ResidentRecord {
  const { schemaVersion, amendments, ...facts } = record;
  return {
    schemaVersion,
    ...joinFacts([facts, factsOfEvent(event)]),
    ...(amendments === undefined ? {} : { amendments }),
  };
}
