import { type CivilDate, formatCivilDate } from '../../calendar/civil-date.ts';
import { formatCivilMonth } from '../../calendar/civil-month.ts';
import type { ByteMemos } from '../byte-memos.ts';
import type { CompiledRoute } from '../compiled-policy.ts';
import { ENGINE_VERSION } from '../engine-version.ts';
import type { PolicyRun } from '../evaluate.ts';
import { insuranceLabel } from '../fact-label.ts';
import type { Forecast } from '../forecast.ts';
import type { KeepBy, KeepByFinder } from '../keep-by.ts';
import type { MissingFacts } from '../missing-facts.ts';
import { MET, UNMET } from '../outcome.ts';
import type { Language } from '../pack-schema.ts';
import { ConditionsJson } from './conditions-json.ts';
import { derivedFactsJson } from './derived-facts.ts';
import { nextStepsJson } from './next-steps.ts';
import { pathsJson } from './path-fragments.ts';
import {
  type OpenWay,
  type PolicyFragments,
  policyFragments,
  type RouteFragments,
  type ServiceFragments,
} from './service-fragments.ts';

export type Explain = 'none' | 'summary' | 'full';

/** A policy applied to a life, with all that is to be asked about it. */
export interface Evaluation {
  readonly run: PolicyRun;
  readonly forecast: Forecast;
  readonly missing: MissingFacts;
  readonly keep: KeepByFinder;
}

/**
 * The JSON of an evaluation: the services at `indexes`, in that order. Equal input gives equal bytes. The runtime holds it as a
 * tree of the pieces it was put together from, and copies them into one string when somebody reads it: to put one more piece
 * behind the others costs the same whatever its length.
 */
export function evaluationJson(
  evaluation: Evaluation,
  indexes: readonly number[],
  explain: Explain,
  language: Language,
): string {
  const { policy, life } = evaluation.run;
  const fragments = policyFragments(policy, language);
  const services = new ServicesJson(evaluation, fragments, explain, language);
  const { policy: id, version } = policy.pack;
  const head = `{"asOf":"${formatCivilDate(life.asOf)}","policy":{"id":"${id}","version":"${version}"`;
  let json = `${head},"digest":"${policy.digest}"},"engine":"${ENGINE_VERSION}","facts":`;
  json += derivedFactsJson(life, language) + SERVICES;
  for (let position = 0; position < indexes.length; position++) {
    if (position > 0) json += COMMA;
    json += services.of(fragments.services[indexes[position]!]!);
  }
  return json + END;
}

const SERVICES = ',"services":[';
const END = ']}';
const COMMA = ',';
const END_OF_OBJECT = '}';
const NULL = 'null';
const KEEP_BY = ',"keepBy":[';
const NONE_MISSING = '],"missing":[],"entitlements":';
const NO_ENTITLEMENTS = '[]';
const ENTITLEMENTS = ',"entitlements":';
const CONDITIONS = ',"conditions":[';
const NEXT_STEPS = '],"nextSteps":';

/** The services of an answer. */
class ServicesJson {
  private readonly run: PolicyRun;
  private readonly forecast: Forecast;
  private readonly explain: Explain;
  private readonly language: Language;
  private readonly keep: KeepByFinder;
  private readonly missing: MissingFacts;
  private readonly conditions: ConditionsJson;
  private readonly ways: ByteMemos<OpenWay>;
  private lastDate: CivilDate | null = null;
  private lastDateJson = NULL;
  /** By node of a route: what keeps it. Services share them. */
  private readonly keepBys = new Map<number, string>();

  constructor(evaluation: Evaluation, fragments: PolicyFragments, explain: Explain, language: Language) {
    const { run, forecast, missing, keep } = evaluation;
    this.run = run;
    this.forecast = forecast;
    this.explain = explain;
    this.language = language;
    this.keep = keep;
    this.missing = missing;
    this.conditions = new ConditionsJson(run, fragments);
    this.ways = fragments.ways;
  }

  /** The JSON of a service. */
  of(fragments: ServiceFragments): string {
    const { run } = this;
    const { service } = fragments;
    const outcome = run.outcomes[service.root]!;
    const eligible = outcome === MET;
    const change = this.forecast.firstDay(service, !eligible);
    const missing = this.missing.of(service);
    const qualifying = eligible ? this.qualifying(fragments.routes) : null;
    const decision =
      qualifying === null
        ? this.unqualified(fragments, outcome, change, missing)
        : this.qualified(fragments, qualifying, change);
    if (this.explain === 'none') return decision + END_OF_OBJECT;
    const conditions =
      this.explain === 'full'
        ? this.conditions.all(fragments)
        : this.conditions.deciding(fragments, qualifying?.route.id ?? null);
    const steps = nextStepsJson(run, fragments, this.ways, missing, eligible ? null : change, this.language);
    return decision + CONDITIONS + conditions + NEXT_STEPS + steps + END_OF_OBJECT;
  }

  /** The first route that qualifies, where one does. */
  private qualifying(routes: readonly RouteFragments[]): RouteFragments {
    let index = 0;
    while (this.run.outcomes[routes[index]!.route.node] !== MET) index++;
    return routes[index]!;
  }

  /** From `{` to the value of `entitlements`, where someone is eligible, up to the day before `change`. */
  private qualified(
    fragments: ServiceFragments,
    { route, qualifying }: RouteFragments,
    change: CivilDate | null,
  ): string {
    const until = this.date(change === null ? null : ((change - 1) as CivilDate));
    return qualifying + until + KEEP_BY + this.keepBy(route) + NONE_MISSING + this.entitlements(fragments);
  }

  /** The same where someone is not eligible for now, but from `change` on. */
  private unqualified(
    fragments: ServiceFragments,
    outcome: number,
    change: CivilDate | null,
    missing: readonly string[],
  ): string {
    const { head, rest, forGood } = fragments.unqualified[outcome]!;
    const isPlain = outcome === UNMET || (missing.length === 0 && fragments.entitlements.length === 0);
    if (isPlain && change === null) return forGood;
    const json = head + this.date(change) + rest;
    return outcome === UNMET ? json : json + pathsJson(missing) + ENTITLEMENTS + this.entitlements(fragments);
  }

  /** Services change on the same few days, and those that stand together on the same. */
  private date(date: CivilDate | null): string {
    if (date !== this.lastDate) {
      this.lastDate = date;
      this.lastDateJson = date === null ? NULL : `"${formatCivilDate(date)}"`;
    }
    return this.lastDateJson;
  }

  /** The entitlement that applies: the first that is met; before it, those that may still turn out to be. */
  private entitlements({ entitlements }: ServiceFragments): string {
    let members = '';
    for (const { entitlement, whole } of entitlements) {
      const outcome = this.run.outcomes[entitlement.node]!;
      if (outcome === UNMET) continue;
      members += (members === '' ? '' : COMMA) + whole[outcome]!;
      if (outcome === MET) break;
    }
    return members === '' ? NO_ENTITLEMENTS : `[${members}]`;
  }

  /** What keeps a route, as the members of a list. */
  private keepBy(route: CompiledRoute): string {
    let json = this.keepBys.get(route.node);
    if (json === undefined) {
      json = '';
      for (const item of this.keep.route(route)) json += (json === '' ? '' : COMMA) + this.keepByJson(item);
      this.keepBys.set(route.node, json);
    }
    return json;
  }

  /** Nothing in it is to be escaped: days, months and words of ours. */
  private keepByJson(item: KeepBy): string {
    const english = this.language === 'en';
    const by = formatCivilDate(item.by);
    if (item.action === 'endorse-permit') {
      const from = formatCivilDate(item.from);
      const text = english
        ? `Have the permit endorsed from ${from} to ${by}.`
        : `请于${from}至${by}办理居住证签注。`;
      return `{"action":"endorse-permit","from":"${from}","by":"${by}","month":null,"kinds":[],"text":"${text}"}`;
    }
    const month = formatCivilMonth(item.month);
    const kinds = item.kinds.map((kind) => insuranceLabel(kind, this.language)).join(english ? ', ' : '、');
    const text = english
      ? `Go on paying, at the latest for ${month}: ${kinds}.`
      : `请保持缴费，最迟缴至${month}：${kinds}。`;
    const list = `["${item.kinds.join('","')}"]`;
    return `{"action":"pay-insurance","from":null,"by":"${by}","month":"${month}","kinds":${list},"text":"${text}"}`;
  }
}
