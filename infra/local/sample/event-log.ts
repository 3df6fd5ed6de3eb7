import type { RegistryEvent } from '../../../shared/contract/registry/event.ts';
import { type CivilDate, formatCivilDate } from '../../../shared/domain/calendar/civil-date.ts';
import type { Document } from '../../../shared/domain/identity/document.ts';

/** The bureaus whose feeds a sample stands for, named as in the `source` of the register. */
export const SAMPLE_SOURCES = [
  'public-security',
  'social-insurance',
  'civil-affairs',
  'housing',
  'education',
] as const;
export type SampleSource = (typeof SAMPLE_SOURCES)[number];

/** An event as a bureau would POST it, and the bureau. */
export interface SampleEvent {
  readonly source: SampleSource;
  readonly event: RegistryEvent;
}

type WithoutEnvelope<Event> = Event extends RegistryEvent
  ? Omit<Event, 'eventId' | 'occurredOn' | 'document'>
  : never;

/** What happened, without whom it happened to, when, and under which id it is told. */
export type Happening = WithoutEnvelope<RegistryEvent>;

/** Takes down what the bureaus tell of one person. */
export class EventLog {
  private readonly events: SampleEvent[] = [];
  private told = 0;
  private readonly document: Document;
  private readonly idPrefix: string;
  private readonly today: CivilDate;

  /**
   * @param idPrefix what the ids of the events begin with: different for each person, and nothing of the person.
   * @param today what happens later has not been told.
   */
  constructor(document: Document, idPrefix: string, today: CivilDate) {
    this.document = document;
    this.idPrefix = idPrefix;
    this.today = today;
  }

  /** The id of the event, for those that correct or void it. */
  tell(on: CivilDate, happening: Happening): string {
    this.told += 1;
    const eventId = `${this.idPrefix}-${this.told}`;
    if (on <= this.today) {
      const { type, ...facts } = happening;
      const event = { eventId, type, occurredOn: formatCivilDate(on), document: this.document, ...facts };
      this.events.push({ source: sourceOf(happening), event: event as RegistryEvent });
    }
    return eventId;
  }

  /** All that was told, in the order of the days. */
  inOrder(): SampleEvent[] {
    return this.events.sort(({ event: a }, { event: b }) =>
      a.occurredOn === b.occurredOn ? 0 : a.occurredOn < b.occurredOn ? -1 : 1,
    );
  }
}

/** Which bureau knows of it. */
function sourceOf(happening: Happening): SampleSource {
  switch (happening.type) {
    case 'insurance.contributed':
    case 'insurance.corrected':
      // The housing fund has a centre of its own.
      return happening.kinds.includes('housingFund') ? 'housing' : 'social-insurance';
    case 'insurance.voided':
    case 'employment.updated':
      return 'social-insurance';
    case 'household.updated':
      return 'civil-affairs';
    case 'housing.updated':
      return 'housing';
    case 'education.updated':
      return 'education';
    default:
      return 'public-security';
  }
}
