import { describe, expect, it } from 'vitest';
import { describeBundles } from '../support/lambda/describe-bundles.ts';
import { measureInit } from '../support/lambda/measure-init.ts';
import { lambdaRuntime, lambdaRuntimeMissing } from '../support/lambda/runtimes.ts';

const rounds = 15;

if (lambdaRuntime === null) {
  describe.skip(`bundles in the runtime of AWS: left out, for ${lambdaRuntimeMissing}`, () => {
    it('are not tried', () => {
      expect.unreachable();
    });
  });
} else {
  const runtime = lambdaRuntime;
  describeBundles(runtime);

  describe(`the start of a function in ${runtime.name}`, () => {
    it(
      `takes at most so many times that of an empty handler, medians of ${rounds}`,
      async () => {
        const measured = await measureInit(runtime, rounds);
        const missed = measured
          .filter(({ passed }) => !passed)
          .map(({ name, ratio, bar }) => `${name}: ${ratio.toFixed(2)} times, ${bar} allowed`);
        expect(missed).toEqual([]);
      },
      10 * 60_000,
    );
  });
}
