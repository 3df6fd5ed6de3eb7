import { spawnSync } from 'node:child_process';
import { lambdaRuntime, lambdaRuntimeMissing } from '../support/lambda/runtimes.ts';

// The runtime is no dependency of the product, and compiling it takes longer than all tests: it is installed here, and only
// when it is asked for. Where it does not compile, what needs it is left out and says so.
if (lambdaRuntime === null) {
  console.log('Compiling aws-lambda-ric (test/lambda/package.json); about a minute …');
  const { status } = spawnSync('npm', ['ci', '--prefix', import.meta.dirname], { stdio: 'inherit' });
  if (status !== 0) console.warn(`aws-lambda-ric could not be compiled. ${lambdaRuntimeMissing}`);
}
