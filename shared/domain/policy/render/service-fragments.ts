import type {
  CompiledCondition,
  CompiledEntitlement,
  CompiledPolicy,
  CompiledRoute,
  CompiledService,
} from '../compiled-policy.ts';
import { CONDITION_OUTCOMES, REASONS, SERVICE_OUTCOMES } from '../outcome.ts';
import type { Language } from '../pack-schema.ts';
import { ActualWords } from './actual-words.ts';
import { citedSource } from './cited-source.ts';
import { ConditionFindings } from './condition-findings.ts';
import { type ConditionFragments, conditionFragments } from './condition-fragments.ts';
import { onePiece, openObject } from './json-text.ts';
import { ConditionGroup, ListedCondition, type ListedConditions } from './listed-conditions.ts';
import type { OpenWay } from './next-steps.ts';
import { OutcomeMemo } from './outcome-memo.ts';

export { citedSource };

/**
 * The parts of an answer that depend on the policy and the language only, as JSON text, made once. An answer is put
 * together from them: that is what makes full reasons cheap, and equal decisions equal bytes.
 */
export interface RouteFragments {
  readonly route: CompiledRoute;
  /** From the value of `route` up to the value of `eligibleUntil`, where it is by this route that someone qualifies. */
  readonly qualifying: string;
  readonly conditions: readonly ConditionFragments[];
  readonly byNode: ReadonlyMap<number, ConditionFragments>;
  /** What is left to do on it, by the outcomes of its conditions. */
  readonly openWays: OutcomeMemo<OpenWay>;
}

export interface EntitlementFragments {
  readonly entitlement: CompiledEntitlement;
  /** By outcome byte: the whole object. */
  readonly whole: readonly string[];
}

export interface ServiceFragments {
  readonly service: CompiledService;
  /** By outcome byte: from `{` up to the value of `route`. */
  readonly head: readonly string[];
  readonly routes: readonly RouteFragments[];
  /** The conditions of all routes, one after the other. */
  readonly listed: ListedConditions;
  readonly entitlements: readonly EntitlementFragments[];
  /** The next steps where someone qualifies: how to apply, with the windows of the year in which applications are taken. */
  readonly apply: string;
}

const cache = new WeakMap<CompiledPolicy, Partial<Record<Language, readonly ServiceFragments[]>>>();

/** The fragments of every service of a policy in a language. */
export function serviceFragments(policy: CompiledPolicy, language: Language): readonly ServiceFragments[] {
  let byLanguage = cache.get(policy);
  if (byLanguage === undefined) {
    byLanguage = {};
    cache.set(policy, byLanguage);
  }
  if (byLanguage[language] === undefined) {
    const findings = new Map<CompiledCondition, ConditionFindings>();
    // Services and routes that ask for the same condition find the same.
    const findingsOf = (condition: CompiledCondition) => {
      let found = findings.get(condition);
      if (found === undefined) {
        const words = new ActualWords(policy, condition, language);
        found = new ConditionFindings(findings.size, condition.node, words);
        findings.set(condition, found);
      }
      return found;
    };
    const groups = new Map<string, ConditionGroup>();
    const groupOf = (listed: readonly ConditionFindings[]) => {
      const places = listed.map(({ place }) => place).join();
      let group = groups.get(places);
      if (group === undefined) {
        group = new ConditionGroup(groups.size, listed);
        groups.set(places, group);
      }
      return group;
    };
    byLanguage[language] = policy.services.map((service) =>
      fragmentsOf(policy, service, language, findingsOf, groupOf),
    );
  }
  return byLanguage[language];
}

function fragmentsOf(
  policy: CompiledPolicy,
  service: CompiledService,
  language: Language,
  findings: (condition: CompiledCondition) => ConditionFindings,
  groupOf: (listed: readonly ConditionFindings[]) => ConditionGroup,
): ServiceFragments {
  const { code, definition } = service;
  const { category, tier } = definition;
  const name = definition.name[language];
  const routes = service.routes.map((route) => routeFragments(policy, service, route, language, findings));
  const conditions = routes.flatMap((route) => route.conditions);
  return {
    service,
    head: SERVICE_OUTCOMES.map((outcome) =>
      onePiece(openObject({ code, name, category, tier, outcome }), ',"route":'),
    ),
    apply: JSON.stringify([applyText(service, language)]),
    routes,
    listed: {
      group: groupOf(conditions.map(({ findings }) => findings)),
      conditions: conditions.map((each, index) => new ListedCondition(each, conditions[index - 1] ?? null)),
      end: conditions.at(-1)!.tail,
      texts: [],
    },
    entitlements: service.entitlements.map((entitlement) => ({
      entitlement,
      whole: CONDITION_OUTCOMES.map((outcome, byte) =>
        JSON.stringify({
          id: entitlement.definition.id,
          outcome,
          because: REASONS[byte],
          text: entitlement.definition.text[language],
          value: entitlement.definition.value,
          source: citedSource(policy, entitlement.definition.source, language),
        }),
      ),
    })),
  };
}

function routeFragments(
  policy: CompiledPolicy,
  service: CompiledService,
  route: CompiledRoute,
  language: Language,
  findings: (condition: CompiledCondition) => ConditionFindings,
): RouteFragments {
  const conditions = route.conditions.map((condition) =>
    conditionFragments(policy, service, route, condition, language, findings),
  );
  const byNode = new Map(conditions.map((each) => [each.condition.node, each]));
  return {
    route,
    qualifying: onePiece(JSON.stringify(route.id), ',"eligibleFrom":null,"eligibleUntil":'),
    conditions,
    byNode,
    openWays: new OutcomeMemo([...byNode.keys()]),
  };
}

function applyText(service: CompiledService, language: Language): string {
  const { text, windows } = service.definition.apply;
  if (windows === undefined || windows.length === 0) return text[language];
  const spans = windows.map(({ from, to }) =>
    language === 'en' ? `${from} to ${to}` : `${dayText(from)}至${dayText(to)}`,
  );
  return language === 'en'
    ? `${text.en} (applications each year: ${spans.join(', ')})`
    : `${text['zh-CN']}（每年受理时间：${spans.join('、')}）`;
}

function dayText(monthAndDay: string): string {
  return `${Number(monthAndDay.slice(0, 2))}月${Number(monthAndDay.slice(3))}日`;
}
