import type { CallerOf } from '../../shared/contract/caller.ts';
import type { CanonicalDocument } from '../../shared/domain/identity/document.ts';
import { normaliseDocument } from '../../shared/domain/identity/normalise-document.ts';
import { RequestProblem } from '../../shared/http/request-problem.ts';

/** @throws RequestProblem 403 for a document that cannot be one: the identity platform has verified something else. */
export function ownDocument({ documentType, documentNumber }: CallerOf<'resident'>): CanonicalDocument {
  const { document } = normaliseDocument({ type: documentType, number: documentNumber });
  if (document === undefined) throw new RequestProblem('forbidden');
  return document;
}
