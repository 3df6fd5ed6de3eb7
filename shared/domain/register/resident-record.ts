import * as z from 'zod/mini';
import { eventId } from '../../contract/registry/event.ts';
import { eventSource } from '../../contract/registry/source.ts';
import { education, employment, household, housing, hukou } from '../../contract/resident/circumstances.ts';
import { insurance, insuranceHistory } from '../../contract/resident/insurance.ts';
import { permitHistory } from '../../contract/resident/permit.ts';
import { resident } from '../../contract/resident/resident.ts';
import { areaCode, civilDate } from '../../contract/values.ts';
import { canonicalJson } from '../digests/canonical-json.ts';

/** Whoever changes the form of a record raises this and teaches the reader both (docs/adr/0005-register.md). */
export const recordSchemaVersion = 1;

const writtenBy = { on: civilDate, source: eventSource, eventId };

/** A value that the latest event to state it decides. */
const lastWrite = <Value extends z.ZodMiniType>(value: Value) => z.strictObject({ value, ...writtenBy });

/** A value that can also be corrected; of one day, a correction comes after a registration. */
const correctable = <Value extends z.ZodMiniType>(value: Value) =>
  z.extend(lastWrite(value), { correction: z.boolean() });

const { type: permitType, events } = permitHistory.shape;

const permitFact = z.strictObject({ ...events.def.element.shape, permitType: permitType.def.innerType });

const residenceFact = z.strictObject({ type: z.enum(['registered', 'ended']), on: civilDate, areaCode });

/** Months on end: the first as a `CivilMonth`, and how many there are. */
const monthsOnEnd = z.tuple([z.int(), z.int().check(z.minimum(1))]);

/** The months paid one way in one area: disjoint, in order, none touching the next. */
const paidMonths = z.strictObject({
  kind: insuranceHistory.shape.contributions.def.element.shape.kind,
  areaCode: z.optional(areaCode),
  months: z.array(monthsOnEnd),
});

const { since: _, ...registration } = hukou.shape;
const hukouMove = z.strictObject({ ...registration, areaCode, on: civilDate });

/** What takes the place of an event of insurance, or takes it out: of several, the latest. */
const amendment = z.strictObject({
  source: eventSource,
  target: eventId,
  type: z.enum(['corrected', 'voided']),
  on: civilDate,
  eventId,
});

/**
 * All that is known of a resident, compacted, in one form only: equal sets of events give equal bytes
 * ({@link recordText}). What no event has stated is absent. Lists are sorted and hold nothing twice.
 */
export const residentRecordSchema = z.strictObject({
  schemaVersion: z.literal(recordSchemaVersion),
  birthDate: z.optional(correctable(resident.shape.birthDate.def.innerType)),
  sex: z.optional(correctable(resident.shape.sex.def.innerType)),
  permitEvents: z.optional(z.array(permitFact)),
  residenceEvents: z.optional(z.array(residenceFact)),
  insurance: z.optional(z.partialRecord(z.keyof(insurance), z.array(paidMonths))),
  /** Kept even where what they name has not arrived yet. */
  amendments: z.optional(z.array(amendment)),
  /** The present registration last, the one before it first. */
  hukou: z.optional(z.array(hukouMove).check(z.maxLength(2))),
  household: z.optional(lastWrite(household)),
  housing: z.optional(lastWrite(housing)),
  employment: z.optional(lastWrite(employment)),
  education: z.optional(lastWrite(education)),
});

export type ResidentRecord = z.infer<typeof residentRecordSchema>;
export type PermitFact = z.infer<typeof permitFact>;
export type ResidenceFact = z.infer<typeof residenceFact>;
export type PaidMonths = z.infer<typeof paidMonths>;
export type HukouMove = z.infer<typeof hukouMove>;
export type Amendment = z.infer<typeof amendment>;
/** Of what no event has been heard. */
export const emptyRecord: ResidentRecord = { schemaVersion: recordSchemaVersion };

/** What was stored is not a record of a form this version reads. Repeats nothing of it. */
export class RecordUnreadable extends Error {
  constructor(options?: ErrorOptions) {
    super('The stored record is not of a form this version reads.', options);
    this.name = 'RecordUnreadable';
  }
}

/**
 * The canonical JSON (RFC 8785) of a record.
 *
 * @throws RecordUnreadable rather than write what could not be read.
 */
export function recordText(record: ResidentRecord): string {
  return canonicalJson(checked(record));
}

/** @throws RecordUnreadable */
export function readRecord(text: string): ResidentRecord {
  let record: unknown;
  try {
    record = JSON.parse(text);
  } catch {
    // The cause would quote the text.
    throw new RecordUnreadable();
  }
  return checked(record);
}

function checked(record: unknown): ResidentRecord {
  const { data, error } = residentRecordSchema.safeParse(record);
  if (error !== undefined) throw new RecordUnreadable({ cause: error });
  return data;
}
