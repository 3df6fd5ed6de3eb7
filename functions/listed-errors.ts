import { fieldErrors } from '../shared/contract/field-errors.ts';
import type { Translated } from '../shared/contract/language.ts';
import { documentFaults } from '../shared/domain/identity/document-fault.ts';
import { eventFaults } from '../shared/domain/register/event-fault.ts';
import { contradictions } from '../shared/domain/resident/contradictions.ts';

/**
 * Every code that can stand in the `errors` of a problem or of an outcome, with its words: those of the contract, and those
 * that the domain names. What words an error has is said in one of these and nowhere else.
 */
export const listedErrors = {
  ...fieldErrors,
  ...documentFaults,
  ...contradictions,
  ...eventFaults,
} as const satisfies Record<string, Translated>;
