import * as z from 'zod/mini';
import { documented } from '../documented.ts';
import { education, employment, household, housing, hukou } from '../resident/circumstances.ts';
import { insurance, insuranceHistory } from '../resident/insurance.ts';
import { permitHistory } from '../resident/permit.ts';
import { resident } from '../resident/resident.ts';
import { areaCode, civilDate } from '../values.ts';
import { document } from './document.ts';

/** What a bureau calls an event. */
export const eventId = z
  .string()
  .check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/))
  .apply(documented, {
    id: 'EventId',
    description:
      'Unique among the events of the bureau that sends it, and for good: the same id again changes nothing. Holds nothing of the person.',
    examples: ['2024-05-0000117'],
  });

/** What every event says. */
const about = {
  eventId,
  occurredOn: civilDate.apply(documented, {
    description: 'The day it took effect, not the day it was entered or sent.',
  }),
  document,
};

const { birthDate, sex } = resident.shape;

export const residentRegistered = z
  .strictObject({
    type: z.literal('resident.registered'),
    ...about,
    birthDate: birthDate.def.innerType,
    sex,
  })
  .apply(documented, { id: 'ResidentRegistered', description: 'The person came into the register.' });

export const residentCorrected = z
  .strictObject({ type: z.literal('resident.corrected'), ...about, birthDate, sex })
  .apply(documented, {
    id: 'ResidentCorrected',
    description: 'What is given replaces what was registered up to that day; the rest stays.',
  });

const permitType = permitHistory.shape.type;
const { expiresOn } = permitHistory.shape.events.def.element.shape;

export const permitIssued = z
  .strictObject({
    type: z.literal('permit.issued'),
    ...about,
    permitType,
    areaCode: z.optional(areaCode),
    expiresOn,
  })
  .apply(documented, { id: 'PermitIssued', description: 'A residence permit was issued (签发).' });

export const permitEndorsed = z
  .strictObject({ type: z.literal('permit.endorsed'), ...about, permitType })
  .apply(documented, {
    id: 'PermitEndorsed',
    description: 'The permit was endorsed (签注), in time or late.',
  });

export const permitCancelled = z
  .strictObject({ type: z.literal('permit.cancelled'), ...about, permitType })
  .apply(documented, {
    id: 'PermitCancelled',
    description: 'The permit was cancelled or taken back (注销/收缴).',
  });

export const permitReplaced = z
  .strictObject({ type: z.literal('permit.replaced'), ...about, permitType, expiresOn })
  .apply(documented, { id: 'PermitReplaced', description: 'The card was exchanged or replaced (换领补领).' });

export const permitMoved = z
  .strictObject({ type: z.literal('permit.moved'), ...about, permitType, areaCode })
  .apply(documented, {
    id: 'PermitMoved',
    description: 'The permit is for another area from this day on (地址变更).',
  });

export const residenceRegistered = z
  .strictObject({ type: z.literal('residence.registered'), ...about, areaCode })
  .apply(documented, {
    id: 'ResidenceRegistered',
    description:
      'Residence was registered (居住登记) from this day on. It ends a registration in another area that still held.',
  });

export const residenceEnded = z
  .strictObject({ type: z.literal('residence.ended'), ...about, areaCode })
  .apply(documented, {
    id: 'ResidenceEnded',
    description:
      'The registration in this area no longer held on this day: `occurredOn` is its first day without.',
  });

const contributed = {
  kinds: z
    .array(z.keyof(insurance))
    .check(z.minLength(1), z.maxLength(6))
    .apply(documented, { description: 'The insurances that were paid together.' }),
  contributions: insuranceHistory.shape.contributions.apply(documented, {
    description:
      'The months paid, both ends included. An empty list says that the bureau knows of none; without any event, nothing is known.',
  }),
};

export const insuranceContributed = z
  .strictObject({ type: z.literal('insurance.contributed'), ...about, ...contributed })
  .apply(documented, {
    id: 'InsuranceContributed',
    description: 'Contributions were paid. Events add up; overlaps count once.',
  });

export const insuranceCorrected = z
  .strictObject({
    type: z.literal('insurance.corrected'),
    ...about,
    corrects: eventId.apply(documented, {
      description: 'The event of the same bureau that this one takes the place of.',
    }),
    ...contributed,
  })
  .apply(documented, {
    id: 'InsuranceCorrected',
    description:
      'Takes the place of an earlier `insurance.contributed` or `insurance.corrected`, whole. Of several that name the same event, the one that occurred last stands. May arrive before the event it names.',
  });

export const insuranceVoided = z
  .strictObject({
    type: z.literal('insurance.voided'),
    ...about,
    voids: eventId.apply(documented, { description: 'The event of the same bureau that counts no longer.' }),
  })
  .apply(documented, {
    id: 'InsuranceVoided',
    description:
      'An earlier `insurance.contributed` or `insurance.corrected` counts no longer. May arrive before the event it names.',
  });

const { since: _, ...registration } = hukou.shape;

export const hukouMoved = z
  .strictObject({ type: z.literal('hukou.moved'), ...about, ...registration, areaCode })
  .apply(documented, {
    id: 'HukouMoved',
    description:
      'The household registration (户籍) moved, or was entered for the first time. What was before may be said; it is else taken from the move before.',
  });

export const householdUpdated = z
  .strictObject({ type: z.literal('household.updated'), ...about, household })
  .apply(documented, {
    id: 'HouseholdUpdated',
    description: 'The household as it is from this day on, whole.',
  });

export const housingUpdated = z
  .strictObject({ type: z.literal('housing.updated'), ...about, housing })
  .apply(documented, { id: 'HousingUpdated', description: 'Housing as it is from this day on, whole.' });

export const employmentUpdated = z
  .strictObject({ type: z.literal('employment.updated'), ...about, employment })
  .apply(documented, {
    id: 'EmploymentUpdated',
    description: 'Employment as it is from this day on, whole.',
  });

export const educationUpdated = z
  .strictObject({ type: z.literal('education.updated'), ...about, education })
  .apply(documented, { id: 'EducationUpdated', description: 'Schooling as it is from this day on, whole.' });

/**
 * One event of a bureau. Which bureau it is stands in the credential, never here. No name, no phone, no address is
 * accepted: they decide nothing (PIPL art. 6).
 */
export const registryEvent = z
  .discriminatedUnion('type', [
    residentRegistered,
    residentCorrected,
    permitIssued,
    permitEndorsed,
    permitCancelled,
    permitReplaced,
    permitMoved,
    residenceRegistered,
    residenceEnded,
    insuranceContributed,
    insuranceCorrected,
    insuranceVoided,
    hukouMoved,
    householdUpdated,
    housingUpdated,
    employmentUpdated,
    educationUpdated,
  ])
  .apply(documented, { id: 'RegistryEvent' });

export type RegistryEvent = z.infer<typeof registryEvent>;
