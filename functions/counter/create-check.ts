import { fieldErrorDetail } from '../../shared/contract/field-errors.ts';
import type { AuditStore } from '../../shared/domain/audit/audit-store.ts';
import { parseCivilDate } from '../../shared/domain/calendar/civil-date.ts';
import type { Decision, Question } from '../../shared/domain/decisions/decision.ts';
import {
  randomDecisionId,
  repeatableDecisionId,
  requestFingerprint,
} from '../../shared/domain/decisions/decision-id.ts';
import { decisionPolicy } from '../../shared/domain/decisions/decision-policy.ts';
import type { DecisionStore } from '../../shared/domain/decisions/decision-store.ts';
import { engineOf } from '../../shared/domain/decisions/engines.ts';
import { birthDateOf } from '../../shared/domain/identity/birth-date-of.ts';
import type { CanonicalDocument } from '../../shared/domain/identity/document.ts';
import { mentionsNumber } from '../../shared/domain/identity/mentions-number.ts';
import { normaliseDocument } from '../../shared/domain/identity/normalise-document.ts';
import { ENGINE_VERSION } from '../../shared/domain/policy/engine-version.ts';
import type { ResidentStore } from '../../shared/domain/register/resident-store.ts';
import {
  residentWithShownFacts,
  shownPaths,
} from '../../shared/domain/register/resident-with-shown-facts.ts';
import {
  type Contradiction,
  contradiction,
  findContradictions,
} from '../../shared/domain/resident/contradictions.ts';
import type { OperationInput, Reply } from '../../shared/http/exchange.ts';
import { refuse } from '../../shared/http/refuse.ts';
import { RequestProblem } from '../../shared/http/request-problem.ts';
import type { Log } from '../../shared/observability/log.ts';
import type { Measures } from '../../shared/observability/measures.ts';
import { accessEntry, type Look } from '../access-entry.ts';
import { documentProblem } from '../document-problems.ts';
import { contradictoryFacts, unknownServices } from '../fact-problems.ts';
import type { PolicyDependencies } from '../policy-dependencies.ts';
import { recordFindings } from '../record-findings.ts';
import { requirePolicy } from '../require-policy.ts';
import { todayInShanghai } from '../today.ts';
import { outsideDistrictOf } from './outside-district.ts';

export interface CheckDependencies extends Pick<PolicyDependencies, 'histories' | 'defaultPolicy' | 'now'> {
  readonly residents: Pick<ResidentStore, 'find'>;
  readonly decisions: Pick<DecisionStore, 'keep'>;
  readonly audit: Pick<AuditStore, 'record'>;
  readonly log: Log;
  readonly measures: Measures;
  /** Bytes nobody can foretell. */
  readonly randomBytes: (count: number) => Uint8Array;
}

type Input = OperationInput<'createCounterCheck'>;

/**
 * Answers for a person at a counter and keeps the answer as a decision, with the look at the record in the audit: one
 * read of the register, one write. What is wrong with the request by itself is found out before anything is read.
 */
export async function createCheck(input: Input, dependencies: CheckDependencies): Promise<Reply> {
  const { residents, decisions, audit, log, measures, now, randomBytes } = dependencies;
  const { body, caller, idempotencyKey, language } = input;
  const { purpose, caseNumber, facts = {}, services, explain = 'full', asOf = todayInShanghai(now) } = body;
  const { document, history, version } = await checkRequest(input, asOf, dependencies);

  const known = await residents.find(document);
  const outsideDistrict = outsideDistrictOf(known?.record ?? null, input, now);
  const told = residentWithShownFacts(known?.record ?? null, facts, parseCivilDate(asOf)!);
  refuse(contradictoryFacts(told.contradictions, '/facts'));
  const question: Question = {
    asOf,
    services: services ?? null,
    explain,
    language,
    resident: told.resident,
    unavailable: [...told.unavailable],
    shown: shownPaths(facts),
    findings: recordFindings(known !== null, told.findings, language),
  };
  const operation = input.operationId;
  const id =
    idempotencyKey === null
      ? randomDecisionId(randomBytes(24))
      : repeatableDecisionId(caller, operation, idempotencyKey);
  const outcome = engineOf(ENGINE_VERSION)!(history, question);
  const decision: Decision = {
    schemaVersion: 1,
    id,
    madeAt: new Date(now()).toISOString(),
    engine: ENGINE_VERSION,
    policy: decisionPolicy(history, version),
    question,
    outcome,
    answer: `{"checkId":"${id}",${outcome.slice(1)}`,
    caller,
    purpose,
    caseNumber,
    fingerprint: requestFingerprint({ operation, body: { ...body, document } }),
  };
  const look: Look = {
    operation,
    residentId: known?.residentId ?? null,
    purpose,
    caseNumber,
    outsideDistrict,
    services: services ?? null,
    decisionId: id,
  };
  const kept = await decisions.keep(decision, known, accessEntry(caller, look, dependencies));
  if (kept.outcome === 'key-reused') throw new RequestProblem('idempotency-key-reused');
  if (outsideDistrict !== null) {
    log.write('lookedOutsideDistrict', { decisionId: id, reason: outsideDistrict });
    measures.countOutsideDistrict();
  }
  if (kept.outcome === 'kept') return { status: 201, body: kept.decision.answer };
  // The decision stands since an earlier request, and so does that one's entry. This is another look.
  await audit.record([accessEntry(caller, look, dependencies)]);
  const headers = {
    'Idempotent-Replayed': 'true',
    // The first answer's, whatever this request would rather have.
    'Content-Language': kept.decision.question.language,
  };
  return { status: 201, body: kept.decision.answer, headers };
}

/** @throws RequestProblem with all that is wrong with a request by itself, whatever the register knows. */
async function checkRequest(
  { body, idempotencyKey }: Input,
  asOf: string,
  { histories, defaultPolicy }: CheckDependencies,
) {
  const { document, fault } = normaliseDocument(body.document);
  const found = [
    fault === undefined ? null : documentProblem(fault, ''),
    document === undefined ? null : numberMentioned(document, body.caseNumber, idempotencyKey),
    contradictoryFacts(
      [...findContradictions(body.facts ?? {}, asOf), ...bornOtherwise(body.facts, document)],
      '/facts',
    ),
  ];
  const question = { policy: null, asOf, root: '' };
  const { history, version } = await requirePolicy(histories, defaultPolicy, question).catch(
    (error: unknown) => {
      refuse(...found, error instanceof RequestProblem ? error : null);
      throw error;
    },
  );
  refuse(...found, unknownServices(body.services, version));
  return { document: document!, history, version };
}

/** What is shown of a birth is also in the number of the document: one of the two is not true of this person. */
function bornOtherwise(
  facts: Input['body']['facts'],
  document: CanonicalDocument | undefined,
): Contradiction[] {
  const shown = facts?.birthDate;
  const numbered = document === undefined ? null : birthDateOf(document);
  if (shown === undefined || numbered === null || shown === numbered) return [];
  return [contradiction('/birthDate', 'born-other-than-document')];
}

/** Case numbers are shown to auditors, and keys are made into ids: neither may hold the person's number. */
function numberMentioned(
  document: CanonicalDocument,
  caseNumber: string,
  idempotencyKey: string | null,
): RequestProblem | null {
  const places = [
    ...(mentionsNumber(document, caseNumber) ? ['/caseNumber'] : []),
    ...(idempotencyKey !== null && mentionsNumber(document, idempotencyKey)
      ? ['/headers/idempotency-key']
      : []),
  ];
  if (places.length === 0) return null;
  const code = 'mentions-number';
  return new RequestProblem('invalid-request', {
    errors: (language) =>
      places.map((pointer) => ({ pointer, code, detail: fieldErrorDetail(code, language) })),
  });
}
