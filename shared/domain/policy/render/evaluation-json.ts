import { type CivilDate, formatCivilDate } from '../../calendar/civil-date.ts';
import { formatCivilMonth } from '../../calendar/civil-month.ts';
import type { CompiledRoute } from '../compiled-policy.ts';
import { ENGINE_VERSION } from '../engine-version.ts';
import type { PolicyRun } from '../evaluate.ts';
import { insuranceLabel } from '../fact-label.ts';
import type { Forecast } from '../forecast.ts';
import { type KeepBy, KeepByFinder } from '../keep-by.ts';
import { MissingFacts } from '../missing-facts.ts';
import { MET, UNMET } from '../outcome.ts';
import type { Language } from '../pack-schema.ts';
import { ConditionsWriter } from './conditions-json.ts';
import { derivedFactsJson } from './derived-facts.ts';
import { nextStepsJson } from './next-steps.ts';
import { type ServiceFragments, serviceFragments } from './service-fragments.ts';

export type Explain = 'none' | 'summary' | 'full';

/** The JSON text of an evaluation: the services at `indexes`, in that order. Equal input gives equal bytes. */
export function evaluationJson(
  run: PolicyRun,
  forecast: Forecast,
  indexes: readonly number[],
  explain: Explain,
  language: Language,
): string {
  const { policy, life } = run;
  const fragments = serviceFragments(policy, language);
  const writer = new ServiceWriter(run, forecast, explain, language);
  const { policy: id, version } = policy.pack;
  const head = `{"asOf":"${formatCivilDate(life.asOf)}","policy":{"id":"${id}","version":"${version}"`;
  let services = '';
  for (const index of indexes) services += `${services === '' ? '' : ','}${writer.write(fragments[index]!)}`;
  const engine = `,"digest":"${policy.digest}"},"engine":"${ENGINE_VERSION}"`;
  return `${head}${engine},"facts":${derivedFactsJson(life, language)},"services":[${services}]}`;
}

/** What follows the day from which someone is eligible who is not now: nothing to keep, to give or to get. */
const UNMET_FOR_NOW = ',"eligibleUntil":null,"keepBy":[],"missing":[],"entitlements":[]';

class ServiceWriter {
  private readonly run: PolicyRun;
  private readonly forecast: Forecast;
  private readonly explain: Explain;
  private readonly language: Language;
  private readonly keep: KeepByFinder;
  private readonly missing: MissingFacts;
  private readonly conditions: ConditionsWriter;
  private readonly keepByTexts = new Map<KeepBy, string>();

  constructor(run: PolicyRun, forecast: Forecast, explain: Explain, language: Language) {
    this.run = run;
    this.forecast = forecast;
    this.explain = explain;
    this.language = language;
    this.keep = new KeepByFinder(run);
    this.missing = new MissingFacts(run);
    this.conditions = new ConditionsWriter(run, language);
  }

  write(fragments: ServiceFragments): string {
    const { run } = this;
    const { code, root } = fragments.service;
    const outcome = run.outcomes[root]!;
    const eligible = outcome === MET;
    const qualifying = eligible
      ? fragments.routes.find(({ route }) => run.outcomes[route.node] === MET)!
      : null;
    const change = this.forecast.firstDay(code, !eligible);
    const missing = this.missing.of(root);
    let json = fragments.head[outcome]!;
    if (qualifying !== null) {
      const until = change === null ? null : ((change - 1) as CivilDate);
      json += `${qualifying.id},"eligibleFrom":null,"eligibleUntil":${dateJson(until)},"keepBy":[`;
      json += `${this.keepBy(qualifying.route)}],"missing":[],"entitlements":${this.entitlements(fragments)}`;
    } else if (outcome === UNMET) {
      json += `null,"eligibleFrom":${dateJson(change)}${UNMET_FOR_NOW}`;
    } else {
      json += `null,"eligibleFrom":${dateJson(change)},"eligibleUntil":null,"keepBy":[],"missing":`;
      json += missing.length === 0 ? '[]' : `["${missing.join('","')}"]`;
      json += `,"entitlements":${this.entitlements(fragments)}`;
    }
    if (this.explain !== 'none') {
      const conditions =
        this.explain === 'full'
          ? this.conditions.all(fragments)
          : this.conditions.deciding(fragments, qualifying?.route.id ?? null);
      json += `,"conditions":[${conditions}]`;
      json += `,"nextSteps":${nextStepsJson(run, fragments, missing, eligible ? null : change, this.language)}`;
    }
    return `${json}}`;
  }

  /** The entitlement that applies: the first that is met; before it, those that may still turn out to be. */
  private entitlements({ entitlements }: ServiceFragments): string {
    if (entitlements.length === 0) return '[]';
    const shown: string[] = [];
    for (const { entitlement, whole } of entitlements) {
      const outcome = this.run.outcomes[entitlement.node]!;
      if (outcome === UNMET) continue;
      shown.push(whole[outcome]!);
      if (outcome === MET) break;
    }
    return `[${shown.join(',')}]`;
  }

  private keepBy(route: CompiledRoute): string {
    const items = this.keep.route(route);
    let json = '';
    for (const item of items) json += `${json === '' ? '' : ','}${this.keepByJson(item)}`;
    return json;
  }

  private keepByJson(item: KeepBy): string {
    let json = this.keepByTexts.get(item);
    if (json === undefined) {
      json = JSON.stringify(this.keepByItem(item));
      this.keepByTexts.set(item, json);
    }
    return json;
  }

  private keepByItem(item: KeepBy): object {
    const english = this.language === 'en';
    const by = formatCivilDate(item.by);
    if (item.action === 'endorse-permit') {
      const from = formatCivilDate(item.from);
      const text = english
        ? `Have the permit endorsed from ${from} to ${by}.`
        : `请于${from}至${by}办理居住证签注。`;
      return { action: item.action, from, by, month: null, kinds: [], text };
    }
    const month = formatCivilMonth(item.month);
    const kinds = item.kinds.map((kind) => insuranceLabel(kind, this.language)).join(english ? ', ' : '、');
    const text = english
      ? `Go on paying, at the latest for ${month}: ${kinds}.`
      : `请保持缴费，最迟缴至${month}：${kinds}。`;
    return { action: item.action, from: null, by, month, kinds: item.kinds, text };
  }
}

function dateJson(date: CivilDate | null): string {
  return date === null ? 'null' : `"${formatCivilDate(date)}"`;
}
