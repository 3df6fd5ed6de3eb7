import { type CivilDate, formatCivilDate } from '../../calendar/civil-date.ts';
import type { PolicyRun } from '../evaluate.ts';
import { factLabel } from '../fact-label.ts';
import { AMBIGUOUS_LAW, BASIS_EXPIRED, MET, MISSING, NOT_PUBLISHED, UNMET } from '../outcome.ts';
import type { Language } from '../pack-schema.ts';
import type { RouteFragments, ServiceFragments } from './service-fragments.ts';

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
  const nearest = nearestRoute(run, fragments.routes);
  for (const { condition, remedy } of nearest.conditions) {
    if (run.outcomes[condition.node] === UNMET && remedy !== null) steps.push(remedy);
  }
  if (missing.length > 0) {
    const labels = missing.map((path) => factLabel(path, language));
    steps.push(language === 'en' ? `Provide: ${labels.join('; ')}.` : `请补充：${labels.join('、')}。`);
  }
  for (const { condition, required } of nearest.conditions) {
    const outcome = run.outcomes[condition.node]!;
    if (outcome <= MISSING) continue;
    const step = stepForReason(outcome, required, fragments.authority, language);
    if (!steps.includes(step)) steps.push(step);
  }
  return steps.length === 0 ? '[]' : `["${steps.join('","')}"]`;
}

/** The route with the fewest unmet conditions, then the fewest unknown ones, then the first. */
function nearestRoute(run: PolicyRun, routes: readonly RouteFragments[]): RouteFragments {
  let nearest = routes[0]!;
  let least = Number.POSITIVE_INFINITY;
  for (const route of routes) {
    let distance = 0;
    for (const { condition } of route.conditions) {
      const outcome = run.outcomes[condition.node]!;
      if (outcome !== MET) distance += outcome === UNMET ? 1000 : 1;
    }
    if (distance < least) {
      nearest = route;
      least = distance;
    }
  }
  return nearest;
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
