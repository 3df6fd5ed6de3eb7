import { fieldErrorDetail } from '../shared/contract/field-errors.ts';
import type { CanonicalDocument } from '../shared/domain/identity/document.ts';
import { type DocumentFault, faultyMember } from '../shared/domain/identity/document-fault.ts';
import { mentionsNumber } from '../shared/domain/identity/mentions-number.ts';
import { RequestProblem } from '../shared/http/request-problem.ts';

/**
 * The problem that a document with a fault is.
 *
 * @param root pointer to what has the document as a member.
 */
export function documentProblem(fault: DocumentFault, root: string): RequestProblem {
  const pointer = `${root}/document/${faultyMember(fault)}`;
  return new RequestProblem('invalid-request', {
    errors: (language) => [{ pointer, code: fault.code, detail: fault.detail[language] }],
  });
}

/** The problem that an idempotency key made from the person's number is: keys are made into ids. Null when it is none. */
export function keyMentionsNumber(
  document: CanonicalDocument,
  idempotencyKey: string | null,
): RequestProblem | null {
  if (idempotencyKey === null || !mentionsNumber(document, idempotencyKey)) return null;
  const code = 'mentions-number';
  return new RequestProblem('invalid-request', {
    errors: (language) => [
      { pointer: '/headers/idempotency-key', code, detail: fieldErrorDetail(code, language) },
    ],
  });
}
