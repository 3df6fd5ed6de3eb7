import { parseCivilDate } from '../calendar/civil-date.ts';
import { AreaSet, AreaUnits } from './areas.ts';
import { limitsOf } from './bounds.ts';
import { type CompiledAreas, ExpressionCompiler } from './compile-expression.ts';
import type {
  CompiledCondition,
  CompiledEntitlement,
  CompiledPolicy,
  CompiledRoute,
  CompiledService,
  CompiledTest,
  Program,
} from './compiled-policy.ts';
import { outcomesByCode, testPlacesOf } from './decide-tests.ts';
import { packDigest } from './digest.ts';
import { interned } from './interned.ts';
import { InvalidPack } from './invalid-pack.ts';
import { NODE_SOURCE, NODE_TEST } from './node-kind.ts';
import { NodeTable } from './node-table.ts';
import type { Pack, PackCondition, PackService, RouteExpression } from './pack-schema.ts';

/**
 * Compiles a resolved pack into flat tables. Throws {@link InvalidPack} where it names a source, condition, route or
 * area that it does not define.
 */
export function compilePolicy(pack: Pack): CompiledPolicy {
  return compileDigested(pack, packDigest(pack));
}

/** The same where the digest of the pack is known. */
export function compileDigested(pack: Pack, digest: string): CompiledPolicy {
  const table = new NodeTable();
  const expressions = new ExpressionCompiler(table, compileAreas(pack));
  const sourceIds = Object.keys(pack.sources);
  const sources = sourceIds.map((id) => ({
    id,
    from: parseCivilDate(pack.sources[id]!.inForce.from)!,
    until: lastDay(pack.sources[id]!.inForce.until),
  }));
  const effectiveFrom = parseCivilDate(pack.effective.from)!;
  const effectiveUntil = lastDay(pack.effective.until);
  /** The policy is asked only about days on which it is in force itself. */
  const isAlwaysInForce = (source: number) =>
    sources[source]!.from <= effectiveFrom && sources[source]!.until >= effectiveUntil;
  const shared = new Map<string, CompiledCondition>();

  const condition = (id: string, definition: PackCondition, path: (string | number)[]): CompiledCondition => {
    const source = sourceIds.indexOf(definition.source.from);
    if (source === -1) {
      throw new InvalidPack(
        [...path, 'source', 'from'],
        `names no source of the pack: ${definition.source.from}`,
      );
    }
    const { node, tests } = expressions.compile(definition.test, [...path, 'test']);
    return {
      id,
      definition,
      citation: definition.source,
      node: isAlwaysInForce(source) ? node : table.condition(source, node),
      tests,
    };
  };
  const sharedCondition = (id: string): CompiledCondition | null => {
    const definition = pack.conditions[id];
    if (definition === undefined) return null;
    let compiled = shared.get(id);
    if (compiled === undefined) {
      compiled = condition(id, definition, ['conditions', id]);
      shared.set(id, compiled);
    }
    return compiled;
  };

  const programs = new Map<number, Program>();
  /** Many services have the same route, and most have but one, on which they rest. */
  const programOf = (node: number): Program => {
    let program = programs.get(node);
    if (program === undefined) {
      program = table.program(table.below(node));
      programs.set(node, program);
    }
    return program;
  };
  const restingOn = (node: number): Pick<CompiledRoute, 'node' | 'tests' | 'program'> => ({
    node,
    tests: table.testsBelow(node),
    program: programOf(node),
  });

  const roots = new Map<number, number>();
  const service = (code: string, definition: PackService): CompiledService => {
    const path = ['services', code];
    const own = new Map(
      Object.entries(definition.conditions).map(([id, test]) => [
        id,
        condition(id, test, [...path, 'conditions', id]),
      ]),
    );
    const routes = definition.routes.map((route, index): CompiledRoute => {
      const routePath = [...path, 'routes', index];
      const used: CompiledCondition[] = [];
      const lookUp = (id: string, at: (string | number)[]): CompiledCondition => {
        const found = own.get(id) ?? sharedCondition(id);
        if (found === null) throw new InvalidPack(at, `names no condition of the pack: ${id}`);
        if (!used.includes(found)) used.push(found);
        return found;
      };
      if (!('use' in route)) {
        const node = compileRoute(route.when, [...routePath, 'when'], table, lookUp);
        return { id: route.id, name: route.name, conditions: used, ...restingOn(node) };
      }
      const common = pack.routes[route.use];
      if (common === undefined)
        throw new InvalidPack([...routePath, 'use'], `names no route of the pack: ${route.use}`);
      const parts = [
        compileRoute(common.when, ['routes', route.use, 'when'], table, lookUp),
        ...(route.and ?? []).map((part, i) => compileRoute(part, [...routePath, 'and', i], table, lookUp)),
      ];
      return { id: route.use, name: common.name, conditions: used, ...restingOn(table.all(parts)) };
    });
    const entitlements = definition.entitlements.map((entitlement, index): CompiledEntitlement => {
      const entitlementPath = [...path, 'entitlements', index];
      const { text, source, test } = entitlement;
      return {
        definition: entitlement,
        node: condition(entitlement.id, { text, source, test }, entitlementPath).node,
      };
    });
    const root = table.any(routes.map((route) => route.node));
    const nodes = table.below(root);
    return {
      code,
      definition,
      routes,
      entitlements,
      program: programOf(root),
      root,
      rootPlace: placeAmong(roots, root),
      leaves: table.leavesAmong(nodes),
      changingTests: table.testsAmong(nodes).filter((test) => expressions.canChange(test)),
      limitedSources: table
        .sourcesAmong(nodes)
        .filter((source) => sources[source]!.from > effectiveFrom || sources[source]!.until < effectiveUntil),
    };
  };

  const services = Object.entries(pack.services).map(([code, definition]) => service(code, definition));
  return {
    pack,
    digest,
    effectiveFrom,
    effectiveUntil,
    rules: interned(pack.parameters),
    facts: expressions.facts,
    readers: expressions.facts.map(({ read }) => read),
    sexFact: expressions.sexFact,
    ...compiledTests(expressions.tests, (test) => expressions.canChange(test), table),
    sources,
    changingSources: [...table.nodesOf(NODE_SOURCE)].map(([source, node]) => ({
      source: sources[source]!,
      node,
    })),
    ...table.arrays(),
    program: table.program(),
    services,
    serviceIndex: new Map(services.map(({ code }, index) => [code, index])),
  };
}

function compiledTests(
  tests: readonly CompiledTest[],
  canChange: (test: number) => boolean,
  table: NodeTable,
): Pick<
  CompiledPolicy,
  'tests' | 'testNode' | 'changingFact' | 'testPlaces' | 'testOutcomes' | 'testLimits'
> {
  const byTest = table.nodesOf(NODE_TEST);
  const nodes = tests.map((_test, index) => byTest.get(index)!);
  return {
    tests,
    testNode: Uint16Array.from(nodes),
    changingFact: Int16Array.from(tests, ({ fact }, test) => (canChange(test) ? fact : -1)),
    testPlaces: testPlacesOf(tests, nodes),
    testOutcomes: outcomesByCode(tests),
    testLimits: tests.map(({ bounds, boundsForWomen }) =>
      limitsOf(bounds, ...(boundsForWomen === null ? [] : [boundsForWomen])),
    ),
  };
}

function compileAreas(pack: Pack): CompiledAreas {
  return {
    sets: new Map(Object.entries(pack.areas.sets).map(([name, codes]) => [name, new AreaSet(codes)])),
    units: new Map(Object.entries(pack.areas.units).map(([name, groups]) => [name, new AreaUnits(groups)])),
  };
}

/** The place of a number among those that came before it, each once; the next one for one that is new. */
function placeAmong(places: Map<number, number>, number: number): number {
  const place = places.get(number) ?? places.size;
  places.set(number, place);
  return place;
}

function lastDay(until: string | null): number {
  return until === null ? Number.POSITIVE_INFINITY : parseCivilDate(until)!;
}

function compileRoute(
  expression: RouteExpression,
  path: (string | number)[],
  table: NodeTable,
  lookUp: (id: string, path: (string | number)[]) => CompiledCondition,
): number {
  const compileAll = (parts: RouteExpression[], key: string) =>
    parts.map((part, index) => compileRoute(part, [...path, key, index], table, lookUp));
  if (typeof expression === 'string') return lookUp(expression, path).node;
  if ('all' in expression) return table.all(compileAll(expression.all, 'all'));
  if ('any' in expression) return table.any(compileAll(expression.any, 'any'));
  if ('not' in expression) return table.not(compileRoute(expression.not, [...path, 'not'], table, lookUp));
  return table.atLeast(expression.atLeast, compileAll(expression.of, 'of'));
}
