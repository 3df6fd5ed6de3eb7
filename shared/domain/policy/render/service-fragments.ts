import { ByteMemos } from '../byte-memos.ts';
import type {
  CompiledCondition,
  CompiledEntitlement,
  CompiledPolicy,
  CompiledRoute,
  CompiledService,
} from '../compiled-policy.ts';
import { CONDITION_OUTCOMES, MET, REASONS, SERVICE_OUTCOMES, UNMET } from '../outcome.ts';
import type { Language } from '../pack-schema.ts';
import { ActualWords } from './actual-words.ts';
import { citedSource } from './cited-source.ts';
import { type ConditionFragments, conditionFragments } from './condition-fragments.ts';
import { ConditionWords } from './condition-words.ts';
import { onePiece, openObject } from './json-text.ts';
import { type ConditionList, ConditionLists } from './listed-conditions.ts';

export { citedSource };

/**
 * The parts of an answer that depend on the policy and the language only, as JSON text, made once. An answer is put
 * together from them: that is what makes full reasons cheap, and equal decisions equal bytes.
 */
export interface RouteFragments {
  readonly route: CompiledRoute;
  /** From `{` up to the value of `eligibleUntil`, where it is by this route that someone qualifies. */
  readonly qualifying: string;
  readonly conditions: readonly ConditionFragments[];
  readonly byNode: ReadonlyMap<number, ConditionFragments>;
}

/** A way to qualify, as the outcomes of the conditions of its route leave it. */
export interface OpenWay {
  /** How to have unmet conditions met: steps, each once, as they stand between the first quote of a list and the last. */
  readonly mend: string;
  /** Whom to ask about conditions of which nobody can tell whether they are met, none that mends; likewise. */
  readonly ask: string;
  /** The list of the former alone, and of both. */
  readonly mendList: string;
  readonly wholeList: string;
}

/** What is said of a service before its conditions, where no route qualifies. */
export interface UnqualifiedFragments {
  /** From `{` up to the value of `eligibleFrom`. */
  readonly head: string;
  /** From there: to the value of `entitlements` where the outcome is unmet, and up to that of `missing` where it is unknown. */
  readonly rest: string;
  /** From `{` to the value of `entitlements`, where time changes nothing, nothing is missing and nothing is to be had. */
  readonly forGood: string;
}

export interface EntitlementFragments {
  readonly entitlement: CompiledEntitlement;
  /** By outcome byte: the whole object. */
  readonly whole: readonly string[];
}

export interface ServiceFragments {
  readonly service: CompiledService;
  /** Its place among the services of the policy. */
  readonly place: number;
  /** By outcome byte, where no route qualifies. */
  readonly unqualified: readonly UnqualifiedFragments[];
  readonly routes: readonly RouteFragments[];
  /** The conditions of all routes, one after the other. */
  readonly listed: ConditionList;
  readonly entitlements: readonly EntitlementFragments[];
  /** The next steps where someone qualifies: how to apply, with the windows of the year in which applications are taken. */
  readonly apply: string;
}

/** The fragments of a policy in a language. */
export interface PolicyFragments {
  readonly services: readonly ServiceFragments[];
  readonly lists: ConditionLists;
  readonly words: ConditionWords;
  /** The nearest way to get a service, by its place and the outcomes of its conditions. */
  readonly ways: ByteMemos<OpenWay>;
}

const cache = new WeakMap<CompiledPolicy, Partial<Record<Language, PolicyFragments>>>();

/** The fragments of every service of a policy in a language. */
export function policyFragments(policy: CompiledPolicy, language: Language): PolicyFragments {
  let byLanguage = cache.get(policy);
  if (byLanguage === undefined) {
    byLanguage = {};
    cache.set(policy, byLanguage);
  }
  byLanguage[language] ??= makeFragments(policy, language);
  return byLanguage[language];
}

function makeFragments(policy: CompiledPolicy, language: Language): PolicyFragments {
  const words = new Map<CompiledCondition, ActualWords>();
  // Services and routes that ask for the same condition find the same.
  const wordsOf = (condition: CompiledCondition) => {
    let own = words.get(condition);
    if (own === undefined) {
      own = new ActualWords(words.size, policy, condition, language);
      words.set(condition, own);
    }
    return own;
  };
  const lists = new ConditionLists(policy);
  const services = policy.services.map((service, place) =>
    fragmentsOf(policy, service, place, language, wordsOf, lists),
  );
  return {
    services,
    lists,
    words: new ConditionWords([...words.values()]),
    ways: new ByteMemos(
      services.map(({ listed }) => [...new Set(listed.nodes)]),
      WAYS_KEPT,
    ),
  };
}

function fragmentsOf(
  policy: CompiledPolicy,
  service: CompiledService,
  place: number,
  language: Language,
  words: (condition: CompiledCondition) => ActualWords,
  lists: ConditionLists,
): ServiceFragments {
  const { code, definition } = service;
  const { category, tier } = definition;
  const head = (byte: number) =>
    openObject({ code, name: definition.name[language], category, tier, outcome: SERVICE_OUTCOMES[byte]! });
  const routes = service.routes.map((route) =>
    routeFragments(policy, service, route, head(MET), language, words),
  );
  return {
    service,
    place,
    unqualified: SERVICE_OUTCOMES.map((_outcome, byte) => unqualified(head(byte), byte)),
    apply: JSON.stringify([applyText(service, language)]),
    routes,
    listed: lists.of(routes),
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

/** Of a service so many: what else is left open is quickly found anew. */
const WAYS_KEPT = 64;

const NOTHING_TO_KEEP = ',"eligibleUntil":null,"keepBy":[],"missing":';
const NOTHING_TO_GET = '[],"entitlements":[]';

function unqualified(service: string, outcome: number): UnqualifiedFragments {
  const head = onePiece(service, ',"route":null,"eligibleFrom":');
  return {
    head,
    rest: outcome === UNMET ? onePiece(NOTHING_TO_KEEP, NOTHING_TO_GET) : NOTHING_TO_KEEP,
    forGood: onePiece(head, 'null', NOTHING_TO_KEEP, NOTHING_TO_GET),
  };
}

/** `head`: of the service where someone is eligible. */
function routeFragments(
  policy: CompiledPolicy,
  service: CompiledService,
  route: CompiledRoute,
  head: string,
  language: Language,
  words: (condition: CompiledCondition) => ActualWords,
): RouteFragments {
  const conditions = route.conditions.map((condition) =>
    conditionFragments(policy, service, route, condition, language, words),
  );
  const byNode = new Map(conditions.map((each) => [each.condition.node, each]));
  return {
    route,
    qualifying: onePiece(head, `,"route":${JSON.stringify(route.id)},"eligibleFrom":null,"eligibleUntil":`),
    conditions,
    byNode,
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
