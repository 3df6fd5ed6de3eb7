import { AMBIGUOUS_LAW, BASIS_EXPIRED, NOT_PUBLISHED } from '../outcome.ts';
import type { Language } from '../pack-schema.ts';

/** What to do about a condition of which nobody can tell whether it is met, by the outcome byte that says why. */
export function stepForReason(
  outcome: number,
  required: string,
  authority: string,
  language: Language,
): string {
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
