import { type CivilDate, formatCivilDate } from '../../calendar/civil-date.ts';
import type { PolicyRun } from '../evaluate.ts';
import { factLabel } from '../fact-label.ts';
import { AMBIGUOUS_LAW, BASIS_EXPIRED, MET, NOT_PUBLISHED, UNAVAILABLE, UNMET } from '../outcome.ts';
import type { Language } from '../pack-schema.ts';
import type { RouteFragments, ServiceFragments } from './service-fragments.ts';

/** What a resident can do next, in words: apply, wait for a day, mend what is unmet, give what is missing, or ask. */
export function nextSteps(
  run: PolicyRun,
  fragments: ServiceFragments,
  missing: readonly string[],
  eligibleFrom: CivilDate | null,
  language: Language,
): string[] {
  const outcome = run.outcomes[fragments.service.root]!;
  if (outcome === MET) return [fragments.apply];
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
  for (const { condition } of nearest.conditions) {
    const step = stepForReason(
      run.outcomes[condition.node]!,
      condition.definition.text[language],
      fragments.authority,
      language,
    );
    if (step !== null && !steps.includes(step)) steps.push(step);
  }
  return steps;
}

/** The route with the fewest unmet conditions, then the fewest unknown ones, then the first. */
function nearestRoute(run: PolicyRun, routes: readonly RouteFragments[]): RouteFragments {
  const distance = ({ conditions }: RouteFragments) =>
    conditions.reduce((sum, { condition }) => {
      const outcome = run.outcomes[condition.node]!;
      return sum + (outcome === UNMET ? 1000 : outcome === MET ? 0 : 1);
    }, 0);
  return routes.reduce((best, route) => (distance(route) < distance(best) ? route : best));
}

function stepForReason(
  outcome: number,
  required: string,
  authority: string,
  language: Language,
): string | null {
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
    case UNAVAILABLE:
      return english ? `Try again later: ${required}.` : `数据暂不可用，请稍后重试：${required}。`;
    default:
      return null;
  }
}
