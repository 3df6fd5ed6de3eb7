import type { CallerOf } from '../../shared/contract/caller.ts';
import type { MyRecord } from '../../shared/contract/me/response.ts';
import type { AuditStore } from '../../shared/domain/audit/audit-store.ts';
import { parseCivilDate } from '../../shared/domain/calendar/civil-date.ts';
import { answerQuestion } from '../../shared/domain/decisions/answer-question.ts';
import { residentOfRecord } from '../../shared/domain/register/resident-of-record.ts';
import { emptyRecord, type ResidentRecord } from '../../shared/domain/register/resident-record.ts';
import type { ResidentStore } from '../../shared/domain/register/resident-store.ts';
import type { Operations } from '../../shared/http/exchange.ts';
import type { PageTokens } from '../../shared/http/page-token.ts';
import { refuse } from '../../shared/http/refuse.ts';
import { accessEntry, type Look } from '../access-entry.ts';
import { unknownServices } from '../fact-problems.ts';
import { recordFindings } from '../record-findings.ts';
import { requirePolicy } from '../require-policy.ts';
import { mostReviews, reviewPage } from '../review-page.ts';
import { todayInShanghai } from '../today.ts';
import { readAccessLog } from './access-log.ts';
import { type ConsentDependencies, consentOperations } from './consents.ts';
import { ownDocument, registeredCaller } from './own-document.ts';
import { createReview, type ReviewDependencies, withdrawReview } from './reviews.ts';

interface ResidentsDependencies extends ReviewDependencies, ConsentDependencies {
  readonly residents: Pick<ResidentStore, 'find'>;
  readonly pageTokens: PageTokens;
  readonly audit: Pick<AuditStore, 'record' | 'accesses'>;
}

/** The parts of a record that one statement decides, and that remember which. */
const ONE_STATEMENT = ['birthDate', 'sex', 'household', 'housing', 'employment', 'education'] as const;

/** What residents see of themselves, with one read of the register each, and what they ask for and consent to. */
export function residentsOperations(dependencies: ResidentsDependencies): Operations<'residents'> {
  const { histories, defaultPolicy, now, residents, audit, reviews } = dependencies;
  const record = (caller: CallerOf<'resident'>, look: Look) =>
    audit.record([accessEntry(caller, look, dependencies)]);
  const registered = (caller: CallerOf<'resident'>) => registeredCaller(caller, residents);
  return {
    ...consentOperations(dependencies),

    getMyEligibility: async ({ operationId, query, caller, language }) => {
      const { asOf = todayInShanghai(now), explain = 'full' } = query;
      const services = query.services?.split(',');
      const document = ownDocument(caller);
      const question = { policy: null, asOf, root: '/query' };
      const { history, version } = await requirePolicy(histories, defaultPolicy, question);
      refuse(unknownServices(services, version, () => '/query/services'));
      const known = await residents.find(document);
      const { resident, unavailable, findings } = residentOfRecord(
        known?.record ?? emptyRecord,
        parseCivilDate(asOf)!,
      );
      const body = answerQuestion(history, {
        asOf,
        services: services ?? null,
        explain,
        language,
        resident,
        unavailable: [...unavailable],
        shown: null,
        findings: recordFindings(known !== null, findings, language),
      });
      await record(caller, {
        operation: operationId,
        residentId: known?.residentId ?? null,
        services: services ?? null,
      });
      return { body };
    },

    getMyRecord: async ({ operationId, caller, language }) => {
      const known = await registered(caller);
      const { document } = known;
      const asOf = todayInShanghai(now);
      const { resident, findings } = residentOfRecord(known.record, parseCivilDate(asOf)!);
      const body: MyRecord = {
        asOf,
        document: { type: document.type, ending: document.number.slice(-4) },
        // The wire's own form: only its lists are not read-only.
        resident: resident as MyRecord['resident'],
        origins: originsOf(known.record, resident),
        findings: recordFindings(true, findings, language),
      };
      await record(caller, { operation: operationId, residentId: known.residentId });
      return { body };
    },

    createReviewRequest: async (input) => createReview(input, await registered(input.caller), dependencies),
    listMyReviewRequests: async ({ caller }) => {
      const { residentId } = await registered(caller);
      const found = await reviews.ofResident(residentId, mostReviews);
      return { body: { reviews: found.map(reviewPage) } };
    },
    withdrawReviewRequest: async ({ path, caller }) =>
      withdrawReview(path.id, await registered(caller), dependencies),

    getMyAccessLog: async (input) => {
      const { residentId } = await registered(input.caller);
      const body = await readAccessLog(residentId, input, dependencies);
      await record(input.caller, { operation: input.operationId, residentId });
      return { body };
    },
  };
}

function originsOf(record: ResidentRecord, shown: object): MyRecord['origins'] {
  return Object.fromEntries(
    ONE_STATEMENT.flatMap((part) => {
      const statement = record[part];
      if (statement === undefined || !Object.hasOwn(shown, part)) return [];
      return [[part, { source: statement.source, on: statement.on }]];
    }),
  );
}
