import { type Bounds, EVERYTHING } from '../bounds.ts';
import type { CompiledPolicy, CompiledService } from '../compiled-policy.ts';
import { NODE_ALL, NODE_CONDITION, NODE_NOT, NODE_TEST } from '../node-kind.ts';
import type { PackFile, RouteExpression } from '../pack-schema.ts';
import type { Finding } from './finding.ts';

/** What can be told from a pack itself: names that nothing uses, sources that come too late, routes no one can take. */
export function lintStructure(file: PackFile, policy: CompiledPolicy): Finding[] {
  return [...unusedNames(file, policy), ...lateSources(file, policy), ...unreachableRoutes(file, policy)];
}

function unusedNames(file: PackFile, policy: CompiledPolicy): Finding[] {
  const findings: Finding[] = [];
  const { pack } = policy;
  const named = new Set<string>();
  for (const route of Object.values(pack.routes)) conditionIds(route.when, named);
  for (const [code, service] of Object.entries(pack.services)) {
    const own = new Set<string>();
    for (const route of service.routes) {
      if ('when' in route) conditionIds(route.when, own);
      else for (const part of route.and ?? []) conditionIds(part, own);
    }
    for (const id of Object.keys(file.services[code]?.conditions ?? {})) {
      if (!own.has(id)) {
        findings.push({
          in: 'pack',
          path: ['services', code, 'conditions', id],
          code: 'unused-condition',
          message: `no route of ${code} asks for ${id}`,
        });
      }
    }
    for (const id of own) named.add(id);
  }
  for (const id of Object.keys(file.conditions)) {
    if (!named.has(id)) {
      findings.push({
        in: 'pack',
        path: ['conditions', id],
        code: 'unused-condition',
        message: `nothing asks for ${id}`,
      });
    }
  }
  const cited = new Set<string>();
  for (const condition of Object.values(pack.conditions)) cited.add(condition.source.from);
  for (const service of Object.values(pack.services)) {
    for (const condition of Object.values(service.conditions)) cited.add(condition.source.from);
    for (const entitlement of service.entitlements) cited.add(entitlement.source.from);
  }
  for (const id of Object.keys(file.sources)) {
    if (!cited.has(id)) {
      findings.push({
        in: 'pack',
        path: ['sources', id],
        code: 'unused-source',
        message: `nothing cites ${id}`,
      });
    }
  }
  return findings;
}

function conditionIds(expression: RouteExpression, ids: Set<string>): void {
  if (typeof expression === 'string') ids.add(expression);
  else if ('not' in expression) conditionIds(expression.not, ids);
  else {
    const parts = 'all' in expression ? expression.all : 'any' in expression ? expression.any : expression.of;
    for (const part of parts) conditionIds(part, ids);
  }
}

/** A condition would read as expired on days before its source begins: that is a version of its own. */
function lateSources(file: PackFile, { pack }: CompiledPolicy): Finding[] {
  return Object.keys(file.sources)
    .filter((id) => pack.sources[id]!.inForce.from > pack.effective.from)
    .map((id) => ({
      in: 'pack' as const,
      path: ['sources', id, 'inForce', 'from'],
      code: 'source-not-yet-in-force' as const,
      message: `comes into force only after this version does (${pack.effective.from}): give it a version of its own`,
    }));
}

function unreachableRoutes(file: PackFile, policy: CompiledPolicy): Finding[] {
  const findings: Finding[] = [];
  for (const service of policy.services) {
    if (!Object.hasOwn(file.services, service.code)) continue;
    findings.push(...unreachableRoutesOf(service, policy));
  }
  return findings;
}

function unreachableRoutesOf(service: CompiledService, policy: CompiledPolicy): Finding[] {
  const needs = service.routes.map((route) => necessary(policy, route.node));
  return service.routes.flatMap((route, index): Finding[] => {
    const finding = (message: string): Finding[] => [
      { in: 'pack', path: ['services', service.code, 'routes', index], code: 'unreachable-route', message },
    ];
    const fact = contradictedFact(policy, needs[index]!);
    if (fact !== null)
      return finding(`${route.id} can never be met: its tests on ${fact} exclude each other`);
    const earlier = service.routes.findIndex(
      (_other, other) => other < index && isSubset(needs[other]!.nodes, needs[index]!.nodes),
    );
    if (earlier === -1) return [];
    return finding(
      `${route.id} is never the one that qualifies: ${service.routes[earlier]!.id} is met whenever it is`,
    );
  });
}

interface Necessary {
  /** Conditions, and combinations of them, without which a node is not met; all of them together are enough. */
  readonly nodes: ReadonlySet<number>;
  readonly tests: ReadonlySet<number>;
  readonly negatedTests: ReadonlySet<number>;
}

/** What a node needs for certain, found by descending through `all` and into conditions only. */
function necessary(policy: CompiledPolicy, root: number): Necessary {
  const nodes = new Set<number>();
  const tests = new Set<number>();
  const negatedTests = new Set<number>();
  const { nodeKind, nodeOperand, childStart, children } = policy;
  const visit = (node: number, insideCondition: boolean): void => {
    const kind = nodeKind[node]!;
    const below = Array.from(children.subarray(childStart[node]!, childStart[node + 1]!));
    // Routes are compared by their conditions: two with one test and different sources may part when a source ends.
    if (kind !== NODE_ALL && !insideCondition) nodes.add(node);
    if (kind === NODE_TEST) tests.add(nodeOperand[node]!);
    else if (kind === NODE_ALL) for (const child of below) visit(child, insideCondition);
    else if (kind === NODE_CONDITION) visit(below[0]!, true);
    else if (kind === NODE_NOT && nodeKind[below[0]!] === NODE_TEST)
      negatedTests.add(nodeOperand[below[0]!]!);
  };
  visit(root, false);
  return { nodes, tests, negatedTests };
}

function isSubset(a: ReadonlySet<number>, b: ReadonlySet<number>): boolean {
  for (const element of a) if (!b.has(element)) return false;
  return true;
}

/** The key of a fact that would have to have two values at once; null when there is none. */
function contradictedFact(policy: CompiledPolicy, { tests, negatedTests }: Necessary): string | null {
  const values = new Map<number, number>();
  const bounds = new Map<number, Bounds>();
  for (const index of tests) {
    const test = policy.tests[index]!;
    if (test.notPublished) continue;
    if (negatedTests.has(index)) return policy.facts[test.fact]!.key;
    if (test.values !== null) {
      const left = (values.get(test.fact) ?? -1) & test.values;
      if (left === 0) return policy.facts[test.fact]!.key;
      values.set(test.fact, left);
    } else if (test.boundsForWomen === null) {
      const both = intersection(bounds.get(test.fact) ?? EVERYTHING, test.bounds);
      if (isEmpty(both)) return policy.facts[test.fact]!.key;
      bounds.set(test.fact, both);
    }
  }
  return null;
}

function intersection(a: Bounds, b: Bounds): Bounds {
  const lower = a.low > b.low || (a.low === b.low && a.lowExcluded) ? a : b;
  const upper = a.high < b.high || (a.high === b.high && a.highExcluded) ? a : b;
  return {
    low: lower.low,
    lowExcluded: lower.lowExcluded,
    high: upper.high,
    highExcluded: upper.highExcluded,
  };
}

function isEmpty({ low, high, lowExcluded, highExcluded }: Bounds): boolean {
  return low > high || (low === high && (lowExcluded || highExcluded));
}
