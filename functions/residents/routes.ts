import type { MyRecord } from '../../shared/contract/me/response.ts';
import { parseCivilDate } from '../../shared/domain/calendar/civil-date.ts';
import { answerQuestion } from '../../shared/domain/decisions/answer-question.ts';
import { residentOfRecord } from '../../shared/domain/register/resident-of-record.ts';
import { emptyRecord, type ResidentRecord } from '../../shared/domain/register/resident-record.ts';
import type { ResidentStore } from '../../shared/domain/register/resident-store.ts';
import type { Operations } from '../../shared/http/exchange.ts';
import { refuse } from '../../shared/http/refuse.ts';
import { RequestProblem } from '../../shared/http/request-problem.ts';
import { unknownServices } from '../fact-problems.ts';
import type { PolicyDependencies } from '../policy-dependencies.ts';
import { recordFindings } from '../record-findings.ts';
import { requirePolicy } from '../require-policy.ts';
import { todayInShanghai } from '../today.ts';
import { type ConsentDependencies, consentOperations } from './consents.ts';
import { ownDocument } from './own-document.ts';

interface ResidentsDependencies
  extends Pick<PolicyDependencies, 'histories' | 'defaultPolicy' | 'now'>,
    ConsentDependencies {
  readonly residents: Pick<ResidentStore, 'find'>;
}

/** The parts of a record that one statement decides, and that remember which. */
const ONE_STATEMENT = ['birthDate', 'sex', 'household', 'housing', 'employment', 'education'] as const;

/** What residents see of themselves, one read of the register each, with nothing stored; and what they consent to. */
export function residentsOperations(dependencies: ResidentsDependencies): Operations<'residents'> {
  const { histories, defaultPolicy, now, residents } = dependencies;
  return {
    ...consentOperations(dependencies),

    getMyEligibility: async ({ query, caller, language }) => {
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
      return {
        body: answerQuestion(history, {
          asOf,
          services: services ?? null,
          explain,
          language,
          resident,
          unavailable: [...unavailable],
          shown: null,
          findings: recordFindings(known !== null, findings, language),
        }),
      };
    },

    getMyRecord: async ({ caller, language }) => {
      const document = ownDocument(caller);
      const known = await residents.find(document);
      if (known === null) throw new RequestProblem('resident-not-found');
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
