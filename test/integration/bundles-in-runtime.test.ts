import { describeBundles } from '../support/lambda/describe-bundles.ts';
import { plainRuntime } from '../support/lambda/runtimes.ts';

// Every function, frozen and thawed, and in the runtime of AWS itself: test/long/bundles-in-lambda.long.ts. Here one of each
// kind: without the SDK at its start, with it, called by the gateway for a verdict, and called by nobody.
describeBundles(plainRuntime, ['eligibility', 'residents', 'authorizer', 'anchor']);
