import type { CallerOf } from '../../shared/contract/caller.ts';
import type { CanonicalDocument } from '../../shared/domain/identity/document.ts';
import { normaliseDocument } from '../../shared/domain/identity/normalise-document.ts';
import type { KnownResident, ResidentStore } from '../../shared/domain/register/resident-store.ts';
import { RequestProblem } from '../../shared/http/request-problem.ts';

/** @throws RequestProblem 403 for a document that cannot be one: the identity platform has verified something else. */
export function ownDocument({ documentType, documentNumber }: CallerOf<'resident'>): CanonicalDocument {
  const { document } = normaliseDocument({ type: documentType, number: documentNumber });
  if (document === undefined) throw new RequestProblem('forbidden');
  return document;
}

/**
 * What the register knows of the resident who calls.
 *
 * @throws RequestProblem 403 as {@link ownDocument}, 404 for somebody it does not know; ResidentStoreUnavailable.
 */
export async function registeredCaller(
  caller: CallerOf<'resident'>,
  residents: Pick<ResidentStore, 'find'>,
): Promise<KnownResident> {
  const known = await residents.find(ownDocument(caller));
  if (known === null) throw new RequestProblem('resident-not-found');
  return known;
}
