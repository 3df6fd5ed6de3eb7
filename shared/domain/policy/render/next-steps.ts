import { type CivilDate, formatCivilDate } from '../../calendar/civil-date.ts';
import { NODE_ALL, NODE_ANY, NODE_NOT } from '../compiled-policy.ts';
import type { PolicyRun } from '../evaluate.ts';
import { factLabel } from '../fact-label.ts';
import { AMBIGUOUS_LAW, BASIS_EXPIRED, MET, MISSING, NOT_PUBLISHED, UNMET } from '../outcome.ts';
import type { Language } from '../pack-schema.ts';
import type { ConditionFragments, RouteFragments, ServiceFragments } from './service-fragments.ts';

/**
 * What a resident can do next, in words: apply, wait for a day, mend what is unmet, give what is missing, or ask. The
 * JSON text of the list, put together from strings that were encoded once.
 */
export function nextStepsJson(
  run: PolicyRun,
  fragments: ServiceFragments,
  missing: readonly string[],
  eligibleFrom: CivilDate | null,
  language: Language,
): string {
  const outcome = run.outcomes[fragments.service.root]!;
  if (outcome === MET) return `["${fragments.apply}"]`;
  const steps: string[] = [];
  if (eligibleFrom !== null) {
    const day = formatCivilDate(eligibleFrom);
    steps.push(
      language === 'en'
        ? `You will qualify from ${day} if nothing changes.`
        : `情况不变的，自${day}起符合条件。`,
    );
  }
  const way = shortestWay(run, fragments.routes);
  for (const { condition, remedy } of way) {
    if (run.outcomes[condition.node] === UNMET && remedy !== null && !steps.includes(remedy))
      steps.push(remedy);
  }
  if (missing.length > 0) {
    const labels = missing.map((path) => factLabel(path, language));
    steps.push(language === 'en' ? `Provide: ${labels.join('; ')}.` : `请补充：${labels.join('、')}。`);
  }
  if (outcome !== UNMET) {
    for (const { condition, required } of way) {
      const reason = run.outcomes[condition.node]!;
      if (reason <= MISSING) continue;
      const step = stepForReason(reason, required, fragments.authority, language);
      if (!steps.includes(step)) steps.push(step);
    }
  }
  return steps.length === 0 ? '[]' : `["${steps.join('","')}"]`;
}

/** What is still needed on the way through a node: how much, and which conditions. */
interface Way {
  readonly length: number;
  readonly conditions: readonly number[];
}

/**
 * What is only missing is nearest; what nobody can tell is further; an unmet condition is further away than any number
 * of unknown ones, one without a remedy further still.
 */
const MISSING_STEP = 1;
const UNDECIDED_STEP = 10;
const UNMET_STEP = 1000;
const UNMENDABLE_STEP = 1_000_000;

/** The conditions still open on the shortest way to qualify: of an `any` the nearest part, of an `all` every one. */
function shortestWay(run: PolicyRun, routes: readonly RouteFragments[]): readonly ConditionFragments[] {
  let shortest: Way | null = null;
  let conditions: readonly ConditionFragments[] = [];
  for (const route of routes) {
    const way = wayThrough(run, route.route.node, route);
    if (shortest !== null && way.length >= shortest.length) continue;
    shortest = way;
    conditions = route.conditions.filter(({ condition }) => way.conditions.includes(condition.node));
  }
  return conditions;
}

function wayThrough(run: PolicyRun, node: number, route: RouteFragments): Way {
  const { nodeKind, nodeOperand, childStart, children } = run.policy;
  const outcome = run.outcomes[node]!;
  if (outcome === MET) return { length: 0, conditions: [] };
  const kind = nodeKind[node]!;
  const own = route.conditions.find(({ condition }) => condition.node === node);
  if (own !== undefined || kind === NODE_NOT) {
    const unmetStep = own === undefined || own.remedy === null ? UNMENDABLE_STEP : UNMET_STEP;
    const unknownStep = outcome === MISSING ? MISSING_STEP : UNDECIDED_STEP;
    return { length: outcome === UNMET ? unmetStep : unknownStep, conditions: [node] };
  }
  const ways: Way[] = [];
  for (let index = childStart[node]!; index < childStart[node + 1]!; index++) {
    ways.push(wayThrough(run, children[index]!, route));
  }
  const needed = kind === NODE_ALL ? ways.length : kind === NODE_ANY ? 1 : nodeOperand[node]!;
  const taken = ways.sort((a, b) => a.length - b.length).slice(0, needed);
  return {
    length: taken.reduce((sum, way) => sum + way.length, 0),
    conditions: taken.flatMap((way) => way.conditions),
  };
}

function stepForReason(outcome: number, required: string, authority: string, language: Language): string {
  const english = language === 'en';
  switch (outcome) {
    case AMBIGUOUS_LAW:
      return english
        ? `Ask ${authority} to decide by hand, as the law can be read in two ways: ${required}.`
        : `法律规定存在两种理解，请由${authority}人工核定：${required}。`;
    case NOT_PUBLISHED:
      return english
        ? `Ask ${authority}, as the standard is not published: ${required}.`
        : `标准未公布，请向${authority}咨询：${required}。`;
    case BASIS_EXPIRED:
      return english
        ? `Ask ${authority} which rule applies now, as its legal basis has expired: ${required}.`
        : `依据已失效，请向${authority}咨询现行规定：${required}。`;
    default:
      return english ? `Try again later: ${required}.` : `数据暂不可用，请稍后重试：${required}。`;
  }
}
