import type { Translated } from '../../../shared/contract/language.ts';
import { parseCivilDate } from '../../../shared/domain/calendar/civil-date.ts';
import type { Document, DocumentType } from '../../../shared/domain/identity/document.ts';
import type { Resident } from '../../../shared/domain/resident/resident.ts';
import { EventLog, type Happening, type SampleEvent } from './event-log.ts';
import { type Sex, sampleDocument } from './sample-number.ts';

/** The day the personas' claims are for; chengdu 2026-01-01 is in force. */
export const PERSONA_DAY = '2026-06-01';

/** What must come out for one service. */
export interface Claim {
  readonly service: string;
  readonly outcome: 'eligible' | 'not_eligible' | 'undetermined';
  /** Another day than `PERSONA_DAY`, where the other side of a rule is shown by the same person. */
  readonly asOf?: string;
  /** What is shown at the counter beside the record. */
  readonly facts?: Resident;
  readonly eligibleFrom?: string;
  readonly eligibleUntil?: string;
  /** Conditions that decide, by id: `met`, `unmet`, or why they are unknown. */
  readonly conditions?: Readonly<Record<string, string>>;
}

/** Somebody invented, at the edge of a rule. */
export interface Persona {
  /** Says what it shows. */
  readonly name: string;
  readonly title: Translated;
  /** What it shows, in a sentence. */
  readonly point: Translated;
  readonly document: Document;
  readonly events: readonly SampleEvent[];
  /** True on `PERSONA_DAY`, or the day that a claim names; on later days life has gone on. */
  readonly shows: readonly Claim[];
}

/** Something that happened, and when. */
export type Told = readonly [on: string, happening: Happening];

export interface PersonaPlan extends Omit<Persona, 'document' | 'events'> {
  readonly documentType?: DocumentType;
  readonly birth: string;
  readonly sex: Sex;
  /** What came after the registration, in any order. */
  readonly life: readonly Told[];
  /** The day they came into the register. */
  readonly registered: string;
}

/** Serials that no city uses. */
const SERIALS = { male: 981, female: 982 } as const;

/** @param number tells the events of personas apart: ids hold nothing of the person. */
export function makePersona(plan: PersonaPlan, number: number): Persona {
  const { documentType = 'resident-id', birth, sex, life, registered, name, title, point, shows } = plan;
  const document = sampleDocument(documentType, day(birth), SERIALS[sex]);
  const log = new EventLog(document, `persona-${number}`, day(PERSONA_DAY));
  log.tell(day(registered), { type: 'resident.registered', birthDate: birth, sex });
  for (const [on, happening] of life) log.tell(day(on), happening);
  return { name, title, point, document, events: log.inOrder(), shows };
}

function day(text: string) {
  const date = parseCivilDate(text);
  if (date === null) throw new RangeError(`not a date: ${text}`);
  return date;
}

/** Someone with an agricultural hukou elsewhere who has lived in one area since a day, whose permit was kept up. */
export function permitHolder(
  areaCode: string,
  { since, issued, endorsed }: { since: string; issued: string; endorsed: readonly string[] },
): Told[] {
  return [
    [since, { type: 'hukou.moved', areaCode: '511725', kind: 'agricultural' }],
    [since, { type: 'residence.registered', areaCode }],
    [issued, { type: 'permit.issued', areaCode }],
    ...endorsed.map((on): Told => [on, { type: 'permit.endorsed' }]),
  ];
}

/** What an employer paid together, told on the 10th of the last month. */
export function employeeInsurance(areaCode: string, from: string, to: string): Told {
  return [
    `${to}-10`,
    {
      type: 'insurance.contributed',
      kinds: ['pension', 'medical', 'unemployment', 'injury', 'maternity'],
      contributions: [{ from, to, kind: 'paid', areaCode }],
    },
  ];
}
