import { fieldErrorDetail } from '../shared/contract/field-errors.ts';
import type { Translated } from '../shared/contract/language.ts';
import { parseCivilDate } from '../shared/domain/calendar/civil-date.ts';
import type { CompiledPolicy } from '../shared/domain/policy/compiled-policy.ts';
import { NoPolicyInForce } from '../shared/domain/policy/evaluate-eligibility.ts';
import type { PolicyHistories } from '../shared/domain/policy/policy-histories.ts';
import { type PolicyHistory, versionInForce } from '../shared/domain/policy/policy-history.ts';
import { PolicyStoreUnavailable } from '../shared/domain/policy/policy-store.ts';
import { RequestProblem, type RequestProblemDetails } from '../shared/http/request-problem.ts';

/** Which policy a request is about, and where in the request it says so. */
export interface PolicyQuestion {
  /** Null: the caller named none, and the default policy answers. */
  readonly policy: string | null;
  /** `YYYY-MM-DD`. */
  readonly asOf: string;
  /** Pointer to the part of the request that holds `policy` and `asOf`: `` for a body, `/query` for a query. */
  readonly root: string;
}

export interface PolicyInForce {
  readonly history: PolicyHistory;
  readonly version: CompiledPolicy;
}

/**
 * The policy a request is about and its version in force on the day.
 *
 * @throws RequestProblem `unknown-policy`; `no-policy-in-force`, which names the last version and its last day
 * (semantics section 7).
 * @throws PolicyStoreUnavailable when the store does not answer, or the default policy is not there.
 */
export async function requirePolicy(
  histories: PolicyHistories,
  defaultPolicy: string,
  { policy, asOf, root }: PolicyQuestion,
): Promise<PolicyInForce> {
  const history = await histories.history(policy ?? defaultPolicy, asOf);
  if (history === null || history.versions.length === 0) {
    // A default policy that is not there is no fault of the caller's.
    throw policy === null
      ? new PolicyStoreUnavailable('The default policy is not published.')
      : unknownPolicy(root);
  }
  const version = versionInForce(history, parseCivilDate(asOf)!);
  if (version === null) throw noPolicyInForce(history, asOf, root);
  return { history, version };
}

function unknownPolicy(root: string): RequestProblem {
  return new RequestProblem('unknown-policy', {
    errors: (language) => [
      {
        pointer: `${root}/policy`,
        code: 'unknown-policy',
        detail: fieldErrorDetail('unknown-policy', language),
      },
    ],
  });
}

/** The sentence stands with the place too: where other things are wrong as well, the problem has a detail of its own. */
function noPolicyInForce(history: PolicyHistory, asOf: string, root: string): RequestProblem {
  const cause = new NoPolicyInForce(history, parseCivilDate(asOf)!);
  const sentences = coverage(history, cause, asOf);
  const details: RequestProblemDetails = {
    detail: (language) => sentences[language],
    errors: (language) => [
      { pointer: `${root}/asOf`, code: 'no-policy-in-force', detail: sentences[language] },
    ],
  };
  return new RequestProblem('no-policy-in-force', details, { cause });
}

/** Until when, or from when and until when, there are rules: for a day between or after versions, and one before all. */
function coverage(
  history: PolicyHistory,
  { policy, lastVersion, lastDay }: NoPolicyInForce,
  asOf: string,
): Translated {
  if (lastDay !== null && lastDay < asOf) {
    return {
      'zh-CN': `政策 ${policy} 此前的最后版本 ${lastVersion} 有效至 ${lastDay}（含当日）。`,
      en: `The last version of policy ${policy} before that day, ${lastVersion}, was in force until ${lastDay}, that day included.`,
    };
  }
  const first = history.versions[0]!.pack;
  const last = history.versions.at(-1)!.pack;
  const { until } = last.effective;
  return {
    'zh-CN': `政策 ${policy} 的最早版本 ${first.version} 自 ${first.effective.from} 起施行；最后版本 ${last.version} ${until === null ? '未定终止日期' : `有效至 ${until}（含当日）`}。`,
    en: `The first version of policy ${policy}, ${first.version}, is in force from ${first.effective.from}; the last one, ${last.version}, ${until === null ? 'has no last day yet' : `until ${until}, that day included`}.`,
  };
}
