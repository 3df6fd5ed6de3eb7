import type { CompiledPolicy, CompiledTest } from '../policy/compiled-policy.ts';
import type { CompiledFact } from '../policy/facts/compiled-fact.ts';

/**
 * Tells which conditions of a policy's services ask for a fact of a part that was shown. Told by part: inside one, a
 * fact can follow from another (who owns no home owns none in the centre), and residence and what is paid where one
 * lives are counted with the history of the permit.
 *
 * @param shown paths of facts, as `shownPaths` gives them.
 */
export function conditionsOnShownFacts(
  { tests, facts, sexFact, services, serviceIndex }: CompiledPolicy,
  shown: readonly string[],
): (service: string, condition: string) => boolean {
  const parts = new Set(shown.map(partOf));
  const factIsShown = facts.map((fact) => partsReadBy(fact).some((part) => parts.has(part)));
  const testIsShown = ({ fact, boundsForWomen }: CompiledTest) =>
    (factIsShown[fact] ?? false) || (boundsForWomen !== null && factIsShown[sexFact]!);
  const marked = new Map<string, ReadonlySet<string>>();
  const markedOf = (code: string): ReadonlySet<string> => {
    let ids = marked.get(code);
    if (ids === undefined) {
      const { routes } = services[serviceIndex.get(code)!]!;
      const conditions = routes.flatMap((route) => route.conditions);
      ids = new Set(
        conditions.filter((each) => each.tests.some((test) => testIsShown(tests[test]!))).map(({ id }) => id),
      );
      marked.set(code, ids);
    }
    return ids;
  };
  return (service, condition) => markedOf(service).has(condition);
}

/** `insurance.pension` is a part of its own, `housing.tenure` is one of `housing`. */
function partOf(path: string): string {
  return path.startsWith('insurance.') ? path : path.split('.', 1)[0]!;
}

function partsReadBy({ inputs, key }: CompiledFact): string[] {
  const parts = new Set(inputs.map(partOf));
  // Months paid in the area one lives in; the key of a count holds its whole specification.
  if (key.startsWith('insurance:') && JSON.parse(key.slice('insurance:'.length)).place === 'area')
    parts.add('residence');
  if (parts.has('residence')) parts.add('permit');
  return [...parts];
}
