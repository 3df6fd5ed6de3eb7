import { describeBundles } from '../support/lambda/describe-bundles.ts';
import { plainRuntime } from '../support/lambda/runtimes.ts';

// In the runtime of AWS itself: test/long/bundles-in-lambda.long.ts.
describeBundles(plainRuntime);
