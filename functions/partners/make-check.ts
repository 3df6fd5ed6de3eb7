import type { CallerOf } from '../../shared/contract/caller.ts';
import type { PartnerCheck } from '../../shared/contract/partner/response.ts';
import type { OperationId } from '../../shared/contract/routes.ts';
import type { AuditStore } from '../../shared/domain/audit/audit-store.ts';
import { parseCivilDate } from '../../shared/domain/calendar/civil-date.ts';
import { type Answerable, answerableServices } from '../../shared/domain/consents/answerable-services.ts';
import type { ConsentStore } from '../../shared/domain/consents/consent-store.ts';
import type { Decision, Question } from '../../shared/domain/decisions/decision.ts';
import { requestFingerprint } from '../../shared/domain/decisions/decision-id.ts';
import { decisionPolicy } from '../../shared/domain/decisions/decision-policy.ts';
import type { DecisionStore } from '../../shared/domain/decisions/decision-store.ts';
import { engineOf } from '../../shared/domain/decisions/engines.ts';
import type { PartnerTerms } from '../../shared/domain/partners/partner-terms.ts';
import { ENGINE_VERSION } from '../../shared/domain/policy/engine-version.ts';
import { residentOfRecord } from '../../shared/domain/register/resident-of-record.ts';
import { emptyRecord } from '../../shared/domain/register/resident-record.ts';
import type { KnownResident, ResidentStore } from '../../shared/domain/register/resident-store.ts';
import { RequestProblem } from '../../shared/http/request-problem.ts';
import { accessEntry, type Look } from '../access-entry.ts';
import { recordFindings } from '../record-findings.ts';
import { todayInShanghai } from '../today.ts';
import type { Allowance } from './allowance.ts';
import type { ReadCheck } from './read-check.ts';

export interface CheckDependencies {
  readonly residents: Pick<ResidentStore, 'find'>;
  readonly consents: Pick<ConsentStore, 'listOf'>;
  readonly decisions: Pick<DecisionStore, 'keep' | 'stands'>;
  readonly audit: Pick<AuditStore, 'record'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Bytes nobody can foretell. */
  readonly randomBytes: (count: number) => Uint8Array;
}

/** Who asks, and under which id the answer is to be kept. */
export interface Asking {
  readonly caller: CallerOf<'partner'>;
  readonly terms: PartnerTerms;
  readonly allowance: Allowance;
  readonly decisionId: string;
  /** It was asked for before under this id, and may have been answered. */
  readonly isRepeated: boolean;
  readonly operationId: OperationId;
}

export interface MadeCheck {
  /** JSON, to the byte. */
  readonly answer: string;
  /** It was made before, and this is that answer. */
  readonly replayed: boolean;
}

/** An answer has no words; the question has some, in the language that decisions about nobody's screen are kept in. */
const language = 'zh-CN';

/**
 * Makes a check. Whoever the person is and whatever may be said of them, the same is read and the same is written, in this
 * order: the person of the day, the record, the consents, and the decision.
 *
 * @throws RequestProblem, and what the stores throw.
 */
export async function makeCheck(
  check: ReadCheck,
  asking: Asking,
  dependencies: CheckDependencies,
): Promise<MadeCheck> {
  // Of a repeated one the first counted its person, on whatever day that was; one that was cut off before it was kept did not.
  const isAnswered = asking.isRepeated && (await dependencies.decisions.stands(asking.decisionId));
  if (!isAnswered) await asking.allowance.admit(check.document);
  const known = await dependencies.residents.find(check.document);
  const consents = await dependencies.consents.listOf(known);
  const { partner } = asking.caller;
  const { services, purpose, consentId = null } = check.body;
  const today = todayInShanghai(dependencies.now);
  const { terms } = asking;
  const answerable = answerableServices({ partner, terms, services, purpose, consentId, consents, today });
  const decision = decide(check, asking, known, answerable, dependencies.now);
  return conclude(decision, asking, check, known, dependencies);
}

/**
 * The one place every check passes once it is decided, answered ones and others alike, and before anything of it is told:
 * what must be durable by then is made so here.
 */
async function conclude(
  decision: Decision,
  { caller, operationId }: Asking,
  { body }: ReadCheck,
  known: KnownResident | null,
  dependencies: CheckDependencies,
): Promise<MadeCheck> {
  const look: Look = {
    operation: operationId,
    residentId: known?.residentId ?? null,
    purpose: body.purpose,
    services: body.services,
    decisionId: decision.id,
    disclosed: decision.ground!.answered.length > 0,
  };
  const kept = await dependencies.decisions.keep(decision, known, accessEntry(caller, look, dependencies));
  if (kept.outcome === 'key-reused') throw new RequestProblem('idempotency-key-reused');
  if (kept.outcome === 'kept') return { answer: decision.answer, replayed: false };
  // The decision stands since an earlier request, and so does that one's entry. This is another look, at what it answered.
  const { answered } = kept.decision.ground!;
  const again = { ...look, disclosed: answered.length > 0 };
  await dependencies.audit.record([accessEntry(caller, again, dependencies)]);
  return { answer: kept.decision.answer, replayed: true };
}

/** Decides from the record what may be answered; where that is nothing, from an empty one, which is all that is kept then. */
function decide(
  { body, document, asOf, history, version }: ReadCheck,
  { caller, terms, decisionId, operationId }: Asking,
  known: KnownResident | null,
  answerable: Answerable,
  now: () => number,
): Decision {
  const existing = [...new Set(body.services)].filter((code) => version.serviceIndex.has(code));
  const answered = known === null ? [] : existing.filter((code) => answerable.services.has(code));
  const record = answered.length === 0 ? emptyRecord : known!.record;
  const { resident, unavailable, findings } = residentOfRecord(record, parseCivilDate(asOf)!);
  const question: Question = {
    asOf,
    services: answered.length === 0 ? existing : answered,
    explain: 'none',
    language,
    resident,
    unavailable: [...unavailable],
    shown: null,
    findings: recordFindings(true, findings, language),
  };
  const outcome = engineOf(ENGINE_VERSION)!(history, question);
  const answer: PartnerCheck = {
    checkId: decisionId,
    asOf,
    services: serviceAnswers(body.services, new Set(answered), outcome),
  };
  return {
    schemaVersion: 1,
    id: decisionId,
    madeAt: new Date(now()).toISOString(),
    engine: ENGINE_VERSION,
    policy: decisionPolicy(history, version),
    question,
    outcome,
    answer: JSON.stringify(answer),
    caller,
    purpose: body.purpose,
    caseNumber: null,
    ground: {
      lawfulBasis: terms.lawfulBasis,
      consents: answered.length === 0 ? [] : [...answerable.consents],
      answered,
    },
    fingerprint: requestFingerprint({ operation: operationId, body: { ...body, document } }),
  };
}

interface Outcome {
  readonly services: readonly {
    readonly code: string;
    readonly outcome: PartnerCheck['services'][number]['outcome'];
    readonly eligibleFrom: string | null;
    readonly eligibleUntil: string | null;
  }[];
}

/** Dates stand with what is determined alone: what is open looks like what may not be said. */
function serviceAnswers(
  services: readonly string[],
  answered: ReadonlySet<string>,
  outcome: string,
): PartnerCheck['services'] {
  const decided = new Map((JSON.parse(outcome) as Outcome).services.map((each) => [each.code, each]));
  return services.map((code) => {
    const found = answered.has(code) ? decided.get(code) : undefined;
    const isDetermined = found !== undefined && found.outcome !== 'undetermined';
    return {
      code,
      outcome: found?.outcome ?? 'undetermined',
      validFrom: isDetermined ? found.eligibleFrom : null,
      validUntil: isDetermined ? found.eligibleUntil : null,
    };
  });
}
