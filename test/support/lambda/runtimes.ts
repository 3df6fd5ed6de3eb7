import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { LambdaRuntime } from './function-process.ts';

const pathOf = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** A stand-in of a few lines for Lambda's own runtime: starts at once, and everywhere. */
export const plainRuntime: LambdaRuntime = {
  name: 'a plain loop',
  script: pathOf('./plain-runtime.mjs'),
};

const ricFolder = pathOf('../../lambda/node_modules/aws-lambda-ric/');

/** What AWS runs functions with (`aws-lambda-ric`); null where it was not installed or could not be compiled. */
export const lambdaRuntime: LambdaRuntime | null =
  existsSync(`${ricFolder}rapid-client.node`) && existsSync(`${ricFolder}index.mjs`)
    ? { name: 'aws-lambda-ric', script: `${ricFolder}index.mjs` }
    : null;

/** Said where something is left out because {@link lambdaRuntime} is null. */
export const lambdaRuntimeMissing =
  'aws-lambda-ric is not there: `npm run lambda-runtime` compiles it (needs cmake, make, a C++ compiler and Python; about a minute)';
