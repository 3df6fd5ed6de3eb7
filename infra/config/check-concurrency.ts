import type { StageConfig } from './stage-config.ts';

/** Lambda keeps so many concurrent executions of an account from being set aside. */
const keptFree = 100;

/** @throws Error when a stage sets aside more than Lambda would let it: better here than in the middle of a deployment. */
export function checkConcurrency({
  name,
  accountConcurrency,
  reservedConcurrency,
}: Pick<StageConfig, 'name' | 'accountConcurrency' | 'reservedConcurrency'>): void {
  const reserved = Object.values(reservedConcurrency).reduce((sum, each) => sum + each, 0);
  if (reserved === 0 || reserved + keptFree <= accountConcurrency) return;
  throw new Error(
    `${name} sets aside ${reserved} concurrent executions of ${accountConcurrency}: ${keptFree} must be left.`,
  );
}
