import { PartnerStoreUnavailable } from '../../domain/partners/partner-store.ts';

/** What DynamoDB answered instead of an answer, and what could not be read, as the port's error. Names it, quotes nothing. */
export function partnerStoreUnavailable(error: unknown): PartnerStoreUnavailable {
  const name = error instanceof Error ? error.name : typeof error;
  return new PartnerStoreUnavailable(`The partner store did not answer: ${name}.`, { cause: error });
}
