import { PartnerStoreUnavailable } from '../../domain/partners/partner-store.ts';
import { nameOf } from '../../observability/describe-error.ts';

/** What DynamoDB answered instead of an answer, and what could not be read, as the port's error. Names it, quotes nothing. */
export function partnerStoreUnavailable(error: unknown): PartnerStoreUnavailable {
  return new PartnerStoreUnavailable(`The partner store did not answer: ${nameOf(error)}.`, { cause: error });
}
