import { type CivilDate, formatCivilDate } from '../../calendar/civil-date.ts';
import type { PolicyRun } from '../evaluate.ts';
import { NODE_ALL, NODE_ANY, NODE_AT_LEAST, NODE_NOT } from '../node-kind.ts';
import { MET, MISSING, UNMET } from '../outcome.ts';
import type { Language } from '../pack-schema.ts';
import type { ConditionFragments } from './condition-fragments.ts';
import type { JsonText } from './json-text.ts';
import { writeProvide } from './path-fragments.ts';
import type { RouteFragments, ServiceFragments } from './service-fragments.ts';

/**
 * What a resident can do next, in words: apply, wait for a day, mend what is unmet, give what is missing, or ask. Writes
 * the JSON of the list, put together from strings that were encoded once.
 */
export function writeNextSteps(
  out: JsonText,
  run: PolicyRun,
  fragments: ServiceFragments,
  missing: readonly string[],
  eligibleFrom: CivilDate | null,
  language: Language,
): void {
  const outcome = run.outcomes[fragments.service.root]!;
  if (outcome === MET) {
    out.write(fragments.apply);
    return;
  }
  const steps = new StepList(out);
  if (eligibleFrom !== null) steps.write(waitFor(eligibleFrom, language));
  const way = shortestWay(run, fragments.routes);
  for (const { condition, remedy } of way) {
    if (run.outcomes[condition.node] === UNMET && remedy !== null) steps.addOnce(remedy);
  }
  if (missing.length > 0) {
    steps.next();
    writeProvide(out, missing, language);
  }
  if (outcome !== UNMET) {
    for (const { condition, reasonSteps } of way) {
      const reason = run.outcomes[condition.node]!;
      if (reason > MISSING) steps.addOnce(reasonSteps[reason]!);
    }
  }
  steps.end();
}

const NO_STEPS = '[]';
const FIRST_STEP = '["';
const NEXT_STEP = '","';
const LAST_STEP = '"]';

/** A list of steps as it is written. */
class StepList {
  private readonly out: JsonText;
  private readonly said: string[] = [];
  private isEmpty = true;

  constructor(out: JsonText) {
    this.out = out;
  }

  /** Begins the next step. */
  next(): void {
    this.out.write(this.isEmpty ? FIRST_STEP : NEXT_STEP);
    this.isEmpty = false;
  }

  write(step: string): void {
    this.next();
    this.out.write(step);
  }

  /** Two conditions can have one remedy. */
  addOnce(step: string): void {
    if (this.said.includes(step)) return;
    this.said.push(step);
    this.next();
    this.out.write(step);
  }

  end(): void {
    this.out.write(this.isEmpty ? NO_STEPS : LAST_STEP);
  }
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
