import type {
  CompiledCondition,
  CompiledEntitlement,
  CompiledPolicy,
  CompiledRoute,
  CompiledService,
} from '../compiled-policy.ts';
import { factLabel } from '../fact-label.ts';
import type { CompiledFact } from '../facts/compiled-fact.ts';
import { CONDITION_OUTCOMES, REASONS, SERVICE_OUTCOMES } from '../outcome.ts';
import type { Language, PackCitation } from '../pack-schema.ts';

/**
 * The parts of an answer that depend on the policy and the language only, as JSON text, made once. An answer is put
 * together from them: that is what makes full reasons cheap, and equal decisions equal bytes. Texts are as they stand
 * between the quotes of a JSON string, so that they can become parts of longer ones.
 */
export interface ConditionFragments {
  readonly condition: CompiledCondition;
  /** By outcome byte: from `{` up to the value of `actual`. */
  readonly head: readonly string[];
  /** From after the value of `actual` to `}`; and the same with the comma before the next condition. */
  readonly tail: string;
  readonly tailAndComma: string;
  readonly required: string;
  /** The facts that the condition asks for, each once, with their names as they stand before a value. */
  readonly facts: readonly { readonly fact: number; readonly label: string }[];
  readonly remedy: string | null;
}

export interface RouteFragments {
  readonly route: CompiledRoute;
  /** JSON string of the route's id. */
  readonly id: string;
  readonly conditions: readonly ConditionFragments[];
  readonly byNode: ReadonlyMap<number, ConditionFragments>;
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
  readonly entitlements: readonly EntitlementFragments[];
  readonly authority: string;
  /** How to apply, with the windows of the year in which applications are taken. */
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
  byLanguage[language] ??= policy.services.map((service) => fragmentsOf(policy, service, language));
  return byLanguage[language];
}

function fragmentsOf(policy: CompiledPolicy, service: CompiledService, language: Language): ServiceFragments {
  const { code, definition } = service;
  const { category, tier } = definition;
  const name = definition.name[language];
  return {
    service,
    head: SERVICE_OUTCOMES.map((outcome) =>
      inOnePiece(openObject({ code, name, category, tier, outcome }), ',"route":'),
    ),
    authority: insideJson(definition.authority[language]),
    apply: insideJson(applyText(service, language)),
    routes: service.routes.map((route) => routeFragments(policy, route, language)),
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

function routeFragments(policy: CompiledPolicy, route: CompiledRoute, language: Language): RouteFragments {
  const conditions = route.conditions.map((condition) =>
    conditionFragments(policy, route, condition, language),
  );
  return {
    route,
    id: JSON.stringify(route.id),
    conditions,
    byNode: new Map(conditions.map((each) => [each.condition.node, each])),
  };
}

function conditionFragments(
  policy: CompiledPolicy,
  route: CompiledRoute,
  condition: CompiledCondition,
  language: Language,
): ConditionFragments {
  const required = condition.definition.text[language];
  const remedy = condition.definition.remedy?.[language];
  const source = JSON.stringify(citedSource(policy, condition.citation, language));
  const facts = new Set(condition.tests.map((test) => policy.tests[test]!.fact).filter((fact) => fact >= 0));
  return {
    condition,
    required: insideJson(required),
    facts: [...facts].map((fact) => ({
      fact,
      label:
        facts.size > 1 || policy.facts[fact]!.isYesOrNo
          ? insideJson(nameOf(policy.facts[fact]!, language))
          : '',
    })),
    head: CONDITION_OUTCOMES.map((outcome, byte) =>
      inOnePiece(
        openObject({ id: condition.id, route: route.id, outcome, because: REASONS[byte], required }),
        ',"actual":',
      ),
    ),
    tail: inOnePiece(',"source":', source, '}'),
    tailAndComma: inOnePiece(',"source":', source, '},'),
    remedy: remedy === undefined ? null : insideJson(remedy),
  };
}

/** What a fact is called, before its value. */
function nameOf(fact: CompiledFact, language: Language): string {
  const name = fact.label?.[language] ?? fact.inputs.map((input) => factLabel(input, language)).join('、');
  return language === 'en' ? `${name}: ` : `${name}：`;
}

/** The JSON of an object without its closing brace: more members are to follow. */
function openObject(value: object): string {
  return JSON.stringify(value).slice(0, -1);
}

/** A text as it stands between the quotes of a JSON string. */
function insideJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** Joined, because what `+` makes is a tree of pieces, to be walked through again with every answer. */
function inOnePiece(...pieces: string[]): string {
  return pieces.join('');
}

/** A citation as an answer shows it; the quote stays in the words of the law. */
export function citedSource(policy: CompiledPolicy, citation: PackCitation, language: Language) {
  const source = policy.pack.sources[citation.from]!;
  return {
    document: source.document[language],
    article: citation.article,
    quote: citation.quote,
    grade: citation.grade ?? source.grade,
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
