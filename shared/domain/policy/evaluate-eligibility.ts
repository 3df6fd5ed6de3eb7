import type { CivilDate } from '../calendar/civil-date.ts';
import type { Resident } from '../resident/resident.ts';
import type { CompiledPolicy } from './compiled-policy.ts';
import { runPolicy } from './evaluate.ts';
import { keptRoom } from './evaluation-room.ts';
import { Forecast } from './forecast.ts';
import { KeepByFinder } from './keep-by.ts';
import { MissingFacts } from './missing-facts.ts';
import type { Language } from './pack-schema.ts';
import { type PolicyHistory, versionInForce } from './policy-history.ts';
import { type Explain, evaluationJson } from './render/evaluation-json.ts';
import { ResidentLife } from './resident-life.ts';

export interface EvaluationOptions {
  /** The day for which is asked, and beyond which the record is not looked at. */
  readonly asOf: CivilDate;
  /** Codes of services, in the order of the answer; absent: all, in the order of the pack. */
  readonly services?: readonly string[];
  readonly explain: Explain;
  readonly language: Language;
  /** Parts of the resident (`permit`, `insurance` …) whose source did not answer: unknown, `unavailable`. */
  readonly unavailable?: ReadonlySet<string>;
}

/** No version of the policy is in force on the day asked for (semantics section 7). */
export class NoPolicyInForce extends Error {
  readonly policy: string;
  /** The last version that was in force before that day; the first one there is when the day lies before it. */
  readonly lastVersion: string;
  /** Its last day, `YYYY-MM-DD`, inclusive; null where none is set. */
  readonly lastDay: string | null;

  constructor(history: PolicyHistory, asOf: CivilDate) {
    super('no version of the policy is in force on that day');
    this.name = 'NoPolicyInForce';
    const ended = history.versions.filter((version) => version.effectiveUntil < asOf);
    const { pack } = ended.at(-1) ?? history.versions[0]!;
    this.policy = history.id;
    this.lastVersion = pack.version;
    this.lastDay = pack.effective.until;
  }
}

/** A service that the version in force does not know. */
export class UnknownService extends Error {
  readonly code: string;
  /** Where it stands among the services asked for. */
  readonly index: number;

  constructor(code: string, index: number) {
    super('the policy knows no such service');
    this.name = 'UnknownService';
    this.code = code;
    this.index = index;
  }
}

/**
 * Decides which services a resident can get under the version in force at asOf, and renders the answer as the JSON
 * text of the response. The resident must be free of contradictions (see `findContradictions`). Pure: equal input,
 * equal packs and equal engine give equal bytes, in any time zone and locale.
 *
 * Throws {@link NoPolicyInForce} and {@link UnknownService}.
 */
export function evaluateEligibility(
  history: PolicyHistory,
  resident: Resident,
  options: EvaluationOptions,
): string {
  const { asOf, explain, language } = options;
  const policy = versionInForce(history, asOf);
  if (policy === null) throw new NoPolicyInForce(history, asOf);
  const indexes = serviceIndexes(policy, options.services);
  const lifeUnder = ({ rules }: CompiledPolicy) =>
    new ResidentLife(resident, asOf, rules, options.unavailable);
  const room = keptRoom(policy);
  const run = runPolicy(policy, lifeUnder(policy), asOf, room.now);
  const forecast = new Forecast(history, run, lifeUnder, room);
  const missing = new MissingFacts(run, room.withinReach);
  const keep = new KeepByFinder(run, room.trial);
  return evaluationJson({ run, forecast, missing, keep }, indexes, explain, language);
}

function serviceIndexes(policy: CompiledPolicy, codes: readonly string[] | undefined): readonly number[] {
  if (codes === undefined) return policy.services.map((_service, index) => index);
  return codes.map((code, index) => {
    const found = policy.serviceIndex.get(code);
    if (found === undefined) throw new UnknownService(code, index);
    return found;
  });
}
