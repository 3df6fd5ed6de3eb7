import { type CivilDate, formatCivilDate } from '../../calendar/civil-date.ts';
import { NODE_ALL, NODE_ANY, NODE_AT_LEAST, NODE_NOT } from '../compiled-policy.ts';
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
  let nearest = routes[0]!;
  let least = Number.POSITIVE_INFINITY;
  for (const route of routes) {
    const length = wayLength(run, route.route.node, route);
    if (length < least) [nearest, least] = [route, length];
  }
  // By node: two conditions that ask the same of one source share it, and both are to be shown.
  const open = new Set<number>();
  collectWay(run, nearest.route.node, nearest, open);
  return nearest.conditions.filter(({ condition }) => open.has(condition.node));
}

/** How far a node is from being met. */
function wayLength(run: PolicyRun, node: number, route: RouteFragments): number {
  const outcome = run.outcomes[node]!;
  if (outcome === MET) return 0;
  const own = route.byNode.get(node);
  const kind = run.policy.nodeKind[node]!;
  if (own !== undefined || kind === NODE_NOT) {
    if (outcome !== UNMET) return outcome === MISSING ? MISSING_STEP : UNDECIDED_STEP;
    return own === undefined || own.remedy === null ? UNMENDABLE_STEP : UNMET_STEP;
  }
  if (kind === NODE_AT_LEAST) {
    return neededChildren(run, node, route).reduce((sum, child) => sum + wayLength(run, child, route), 0);
  }
  const { childStart, children } = run.policy;
  let length = kind === NODE_ANY ? Number.POSITIVE_INFINITY : 0;
  for (let index = childStart[node]!; index < childStart[node + 1]!; index++) {
    const child = wayLength(run, children[index]!, route);
    length = kind === NODE_ANY ? Math.min(length, child) : length + child;
  }
  return length;
}

function collectWay(run: PolicyRun, node: number, route: RouteFragments, open: Set<number>): void {
  if (run.outcomes[node] === MET) return;
  const own = route.byNode.get(node);
  if (own !== undefined) {
    open.add(node);
    return;
  }
  const { nodeKind, childStart, children } = run.policy;
  const kind = nodeKind[node]!;
  if (kind === NODE_AT_LEAST) {
    for (const child of neededChildren(run, node, route)) collectWay(run, child, route, open);
  } else if (kind === NODE_ALL) {
    for (let index = childStart[node]!; index < childStart[node + 1]!; index++) {
      collectWay(run, children[index]!, route, open);
    }
  } else {
    collectWay(run, nearestChild(run, node, route), route, open);
  }
}

function nearestChild(run: PolicyRun, node: number, route: RouteFragments): number {
  const { childStart, children } = run.policy;
  let nearest = children[childStart[node]!]!;
  let least = wayLength(run, nearest, route);
  for (let index = childStart[node]! + 1; index < childStart[node + 1]!; index++) {
    const length = wayLength(run, children[index]!, route);
    if (length < least) [nearest, least] = [children[index]!, length];
  }
  return nearest;
}

/** The nearest children of an at-least, as many as it needs. */
function neededChildren(run: PolicyRun, node: number, route: RouteFragments): readonly number[] {
  const { nodeOperand, childStart, children } = run.policy;
  return Array.from(children.subarray(childStart[node]!, childStart[node + 1]!))
    .map((child) => ({ child, length: wayLength(run, child, route) }))
    .sort((a, b) => a.length - b.length)
    .slice(0, nodeOperand[node]!)
    .map(({ child }) => child);
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
