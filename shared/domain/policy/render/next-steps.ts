import { type CivilDate, formatCivilDate } from '../../calendar/civil-date.ts';
import type { ByteMemos } from '../byte-memos.ts';
import type { PolicyRun } from '../evaluate.ts';
import { NODE_ALL, NODE_ANY, NODE_AT_LEAST, NODE_NOT } from '../node-kind.ts';
import { MET, MISSING, UNMET } from '../outcome.ts';
import type { Language } from '../pack-schema.ts';
import { onePiece } from './json-text.ts';
import { provideText } from './path-fragments.ts';
import type { OpenWay, RouteFragments, ServiceFragments } from './service-fragments.ts';

/**
 * What a resident can do next, in words: apply, wait for a day, mend what is unmet, give what is missing, or ask: the
 * JSON of the list, put together from strings that were encoded once.
 */
export function nextStepsJson(
  run: PolicyRun,
  fragments: ServiceFragments,
  ways: ByteMemos<OpenWay>,
  missing: readonly string[],
  eligibleFrom: CivilDate | null,
  language: Language,
): string {
  const outcome = run.outcomes[fragments.service.root]!;
  if (outcome === MET) return fragments.apply;
  let way = ways.find(fragments.place, run.outcomes);
  if (way === null) {
    way = nearestWay(run, fragments.routes);
    ways.keep(fragments.place, run.outcomes, way);
  }
  const isUnmet = outcome === UNMET;
  if (eligibleFrom === null && missing.length === 0) return isUnmet ? way.mendList : way.wholeList;
  let steps = eligibleFrom === null ? NO_STEPS : waitFor(eligibleFrom, language);
  steps = inARow(steps, way.mend);
  if (missing.length > 0) steps = inARow(steps, provideText(missing, language));
  if (!isUnmet) steps = inARow(steps, way.ask);
  return FIRST_STEP + steps + LAST_STEP;
}

/** Steps and those that follow them, all as they stand between the first quote and the last. */
function inARow(steps: string, others: string): string {
  if (steps === NO_STEPS) return others;
  return others === NO_STEPS ? steps : steps + NEXT_STEP + others;
}

const NO_STEPS = '';
const FIRST_STEP = '["';
const NEXT_STEP = '","';
const LAST_STEP = '"]';

/** What is open on the route that is nearest to being met, of equal ones the first. */
function nearestWay(run: PolicyRun, routes: readonly RouteFragments[]): OpenWay {
  let nearest = routes[0]!;
  let least = wayLength(run, nearest.route.node, nearest);
  for (let index = 1; index < routes.length; index++) {
    const route = routes[index]!;
    const length = wayLength(run, route.route.node, route);
    if (length < least) [nearest, least] = [route, length];
  }
  return openWay(run, nearest);
}

function openWay(run: PolicyRun, route: RouteFragments): OpenWay {
  const { outcomes } = run;
  // By node: two conditions that ask the same of one source share it, and both are to be shown.
  const open = new Set<number>();
  collectWay(run, route.route.node, route, open);
  const toMend: string[] = [];
  const toAsk: string[] = [];
  // Two conditions can have one remedy.
  const addTo = (steps: string[], step: string) => {
    if (!steps.includes(step)) steps.push(step);
  };
  for (const { condition, remedy, reasonSteps } of route.conditions) {
    if (!open.has(condition.node)) continue;
    const outcome = outcomes[condition.node]!;
    if (outcome === UNMET && remedy !== null) addTo(toMend, remedy);
    if (outcome > MISSING) addTo(toAsk, reasonSteps[outcome]!);
  }
  const mend = toMend.join(NEXT_STEP);
  const ask = toAsk.filter((step) => !toMend.includes(step)).join(NEXT_STEP);
  return { mend, ask, mendList: listOf(mend), wholeList: listOf(inARow(mend, ask)) };
}

function waitFor(eligibleFrom: CivilDate, language: Language): string {
  const day = formatCivilDate(eligibleFrom);
  return language === 'en'
    ? `You will qualify from ${day} if nothing changes.`
    : `情况不变的，自${day}起符合条件。`;
}

/**
 * What is only missing is nearest; what nobody can tell is further; an unmet condition is further away than any number
 * of unknown ones, one without a remedy further still.
 */
const MISSING_STEP = 1;
const UNDECIDED_STEP = 10;
const UNMET_STEP = 1000;
const UNMENDABLE_STEP = 1_000_000;

/** `steps`: as they stand between the first quote and the last. */
function listOf(steps: string): string {
  return steps === NO_STEPS ? '[]' : onePiece(FIRST_STEP, steps, LAST_STEP);
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

/** Collects the conditions still open on the way to a node: of an `any` of the nearest part, of an `all` of every one. */
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
