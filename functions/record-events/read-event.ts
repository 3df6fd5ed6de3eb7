import type { Language } from '../../shared/contract/language.ts';
import type { ProblemError } from '../../shared/contract/problem-body.ts';
import { eventId, registryEvent } from '../../shared/contract/registry/event.ts';
import type { CanonicalDocument } from '../../shared/domain/identity/document.ts';
import { acceptEvent } from '../../shared/domain/register/accept-event.ts';
import type { RegisterEvent } from '../../shared/domain/register/register-event.ts';
import { describeIssues, wordFault } from '../../shared/http/describe-issues.ts';
import { limitErrors } from '../../shared/http/limit-errors.ts';

/** What was sent as one event: whom it is about and what to store, or why it is rejected. */
export type ReadEvent = { readonly eventId: string | null } & (
  | { readonly document: CanonicalDocument; readonly event: RegisterEvent; readonly errors?: never }
  | { readonly errors: readonly ProblemError[] }
);

/** Digits on end that may be the number of a document: such an id is not repeated with what is rejected. */
const MAYBE_A_NUMBER = /\d{14}/;

/**
 * Judges what was sent as an event, by its form and by what it says.
 *
 * @param source the bureau that sent it.
 * @param root the pointer to it.
 */
export function readEvent(sent: unknown, source: string, root: string, language: Language): ReadEvent {
  const { data, error } = registryEvent.safeParse(sent);
  if (error !== undefined) {
    const faults = describeIssues(error.issues, sent, root);
    const errors = limitErrors(language, faults, (fault) => wordFault(fault, language));
    return { eventId: harmlessId(sent), errors };
  }
  const accepted = acceptEvent(data, source);
  if (accepted.faults === undefined) return { eventId: data.eventId, ...accepted };
  const errors = limitErrors(language, accepted.faults, ({ pointer, code, detail }) => ({
    pointer: root + pointer,
    code,
    detail: detail[language],
  }));
  return { eventId: harmlessId(sent), errors };
}

function harmlessId(sent: unknown): string | null {
  const given = typeof sent === 'object' && sent !== null && 'eventId' in sent ? sent.eventId : null;
  const { data } = eventId.safeParse(given);
  return data === undefined || MAYBE_A_NUMBER.test(data.replace(/[^0-9]/g, '')) ? null : data;
}
