import type { CompiledPolicy, CompiledTest } from '../policy/compiled-policy.ts';
import type { CompiledFact } from '../policy/facts/compiled-fact.ts';
import { impliedFrom } from '../policy/facts/implied-facts.ts';
import type { Resident } from '../resident/resident.ts';

/**
 * Tells which conditions of a policy's services ask for a fact that rests on what was shown: shown itself, or not given
 * and implied by what was shown (who owns no home owns none in the centre). Residence, and what is paid where one lives, is
 * counted with the history of the permit, and so rests on a permit that was shown.
 *
 * @param resident the facts as they are evaluated, those shown included.
 * @param shown paths of facts, as `shownPaths` gives them.
 */
export function conditionsOnShownFacts(
  { tests, facts, sexFact, services, serviceIndex }: CompiledPolicy,
  resident: Resident,
  shown: readonly string[],
): (service: string, condition: string) => boolean {
  const paths = new Set(shown);
  const factIsShown = facts.map((fact) => sourcesOf(fact, resident).some((path) => paths.has(path)));
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

/** The paths that a fact is read from, as they are named when they are shown. */
function sourcesOf({ inputs, key }: CompiledFact, resident: Resident): string[] {
  const sources = inputs.flatMap((path) => {
    const [part, member] = path.split('.', 2) as [keyof Resident, string | undefined];
    if (part === 'residence') return ['residence', 'permit'];
    if (part === 'permit') return ['permit'];
    const given = resident[part];
    if (member === undefined || typeof given !== 'object' || Object.hasOwn(given, member)) return [path];
    return [path, ...impliedFrom(path)];
  });
  // Months paid in the area one lives in; the key of a count holds its whole specification.
  const isByArea =
    key.startsWith('insurance:') && JSON.parse(key.slice('insurance:'.length)).place === 'area';
  return isByArea ? [...sources, 'residence', 'permit'] : sources;
}
