import { fieldErrorDetail } from '../../shared/contract/field-errors.ts';
import { type ConsentBody, consentMonths } from '../../shared/contract/me/consents.ts';
import { formatCivilDate, parseCivilDate } from '../../shared/domain/calendar/civil-date.ts';
import { addMonths } from '../../shared/domain/calendar/duration.ts';
import { type Consent, isActive } from '../../shared/domain/consents/consent.ts';
import { randomConsentId, repeatableConsentId } from '../../shared/domain/consents/consent-id.ts';
import type { ConsentStore } from '../../shared/domain/consents/consent-store.ts';
import { requestFingerprint } from '../../shared/domain/decisions/decision-id.ts';
import type { PartnerTermsReader } from '../../shared/domain/partners/partner-terms.ts';
import type { KnownResident, ResidentStore } from '../../shared/domain/register/resident-store.ts';
import type { OperationInput, Operations, Reply } from '../../shared/http/exchange.ts';
import { refuse } from '../../shared/http/refuse.ts';
import { RequestProblem } from '../../shared/http/request-problem.ts';
import { keyMentionsNumber } from '../document-problems.ts';
import { unknownInAnyVersion } from '../known-services.ts';
import type { PolicyDependencies } from '../policy-dependencies.ts';
import { todayInShanghai } from '../today.ts';
import { ownDocument, registeredCaller } from './own-document.ts';

export interface ConsentDependencies extends Pick<PolicyDependencies, 'histories' | 'defaultPolicy' | 'now'> {
  readonly residents: Pick<ResidentStore, 'find'>;
  readonly consents: ConsentStore;
  readonly partners: PartnerTermsReader;
  /** Bytes nobody can foretell. */
  readonly randomBytes: (count: number) => Uint8Array;
}

type ConsentOperationId = 'listMyConsents' | 'giveConsent' | 'withdrawConsent';

/** What residents allow third parties to be told of them, and take back. */
export function consentOperations(
  dependencies: ConsentDependencies,
): Pick<Operations<'residents'>, ConsentOperationId> {
  const { residents, consents, now } = dependencies;
  return {
    listMyConsents: async ({ caller }) => {
      const given = await consents.listOf(await registeredCaller(caller, residents));
      const today = todayInShanghai(now);
      return { body: { consents: given.map((consent) => bodyOf(consent, today)) } };
    },

    giveConsent: async (input) => {
      try {
        await checkRequest(input, dependencies);
      } catch (error) {
        // What could be asked when it was may not be any more: its day is over, a service is gone.
        const first = error instanceof RequestProblem ? await givenBefore(input, dependencies) : null;
        if (first === null) throw error;
        return answerTo(first, true);
      }
      return give(input, await registeredCaller(input.caller, residents), dependencies);
    },

    withdrawConsent: async ({ path, caller }) => {
      const at = new Date(now()).toISOString();
      const withdrawn = await consents.withdraw(path.id, at, await registeredCaller(caller, residents));
      if (withdrawn === null) throw new RequestProblem('consent-not-found');
      return { body: bodyOf(withdrawn, todayInShanghai(now)) };
    },
  };
}

async function give(
  { operationId, body, caller, idempotencyKey }: OperationInput<'giveConsent'>,
  by: KnownResident,
  { consents, now, randomBytes }: ConsentDependencies,
): Promise<Reply> {
  const id =
    idempotencyKey === null
      ? randomConsentId(randomBytes(24))
      : repeatableConsentId(caller.subject, idempotencyKey);
  const consent: Consent = { id, ...body, givenAt: new Date(now()).toISOString(), withdrawnAt: null };
  const given = await consents.give(consent, fingerprintOf(operationId, body), by);
  if (given.outcome === 'key-reused') throw new RequestProblem('idempotency-key-reused');
  return answerTo(given.consent, given.outcome === 'repeated');
}

/** The consent that the same request under the same key has given; null when there is none. */
async function givenBefore(
  { operationId, body, caller, idempotencyKey }: OperationInput<'giveConsent'>,
  { residents, consents }: ConsentDependencies,
): Promise<Consent | null> {
  if (idempotencyKey === null) return null;
  const by = await residents.find(ownDocument(caller));
  if (by === null) return null;
  const id = repeatableConsentId(caller.subject, idempotencyKey);
  const standing = (await consents.listOf(by)).find((consent) => consent.id === id);
  if (standing === undefined) return null;
  const { partner, services, purpose, until } = standing;
  const asked = fingerprintOf(operationId, { partner, services, purpose, until });
  return asked === fingerprintOf(operationId, body) ? standing : null;
}

function fingerprintOf(
  operation: string,
  body: Pick<Consent, 'partner' | 'services' | 'purpose' | 'until'>,
): string {
  return requestFingerprint({ operation, body });
}

/** As it was answered the first time, when it held: whatever became of it since. */
function answerTo(consent: Consent, replayed: boolean): Reply {
  const body = bodyOf({ ...consent, withdrawnAt: null }, consent.until);
  return { status: 201, body, ...(replayed && { headers: { 'Idempotent-Replayed': 'true' } }) };
}

/** @throws RequestProblem with all that is wrong with a request, whoever makes it. */
async function checkRequest(
  { body, caller, idempotencyKey }: OperationInput<'giveConsent'>,
  { histories, defaultPolicy, partners, now }: ConsentDependencies,
): Promise<void> {
  const [unknown, terms] = await Promise.all([
    unknownInAnyVersion(body.services, '', { histories, defaultPolicy }),
    partners.termsOf(body.partner),
  ]);
  refuse(
    terms === null ? unknownPartner() : null,
    unknown,
    wrongUntil(body.until, todayInShanghai(now)),
    keyMentionsNumber(ownDocument(caller), idempotencyKey),
  );
}

function unknownPartner(): RequestProblem {
  const code = 'unknown-partner';
  return new RequestProblem('invalid-request', {
    errors: (language) => [{ pointer: '/partner', code, detail: fieldErrorDetail(code, language) }],
  });
}

/** The last day may be today, and the corresponding day a year from now; nothing before and nothing after. */
function wrongUntil(until: string, today: string): RequestProblem | null {
  const latest = formatCivilDate(addMonths(parseCivilDate(today)!, consentMonths));
  if (today <= until && until <= latest) return null;
  const [code, bound] =
    until < today
      ? (['too-small', { minimum: today }] as const)
      : (['too-large', { maximum: latest }] as const);
  return new RequestProblem('invalid-request', {
    errors: (language) => [{ pointer: '/until', code, detail: fieldErrorDetail(code, language, bound) }],
  });
}

function bodyOf(consent: Consent, today: string): ConsentBody {
  const { id, partner, services, purpose, until, givenAt, withdrawnAt } = consent;
  return {
    consentId: id,
    partner,
    services: [...services],
    purpose,
    until,
    givenAt,
    withdrawnAt,
    active: isActive(consent, today),
  };
}
