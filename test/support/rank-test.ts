/**
 * Mann-Whitney's rank test (1947), two-sided, by the normal approximation with the correction for ties: how likely two
 * samples of one and the same distribution differ in their ranks at least as much as these do.
 *
 * @param first and second at least twenty values each, for the approximation to hold.
 * @returns p from 0 to 1; 1 where all values are equal.
 */
export function rankTest(first: readonly number[], second: readonly number[]): number {
  const all = [
    ...first.map((value) => ({ value, isFirst: true })),
    ...second.map((value) => ({ value, isFirst: false })),
  ].sort((a, b) => a.value - b.value);
  let rankSum = 0;
  let ties = 0;
  for (let start = 0; start < all.length; ) {
    let end = start;
    let firsts = 0;
    for (; end < all.length && all[end]!.value === all[start]!.value; end++) if (all[end]!.isFirst) firsts++;
    const count = end - start;
    // Equal values share the middle of their ranks, which begin at 1.
    rankSum += (firsts * (start + 1 + end)) / 2;
    ties += count ** 3 - count;
    start = end;
  }
  const [m, n] = [first.length, second.length];
  const total = m + n;
  const u = rankSum - (m * (m + 1)) / 2;
  const variance = ((m * n) / 12) * (total + 1 - ties / (total * (total - 1)));
  if (variance === 0) return 1;
  const distance = Math.max(0, Math.abs(u - (m * n) / 2) - 0.5);
  return complementaryError(distance / Math.sqrt(2 * variance));
}

/** The complementary error function for x >= 0 (Abramowitz and Stegun 7.1.26; off by 1.5e-7 at most). */
function complementaryError(x: number): number {
  const t = 1 / (1 + 0.3275911 * x);
  const polynomial =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return polynomial * Math.exp(-x * x);
}
