import type { FunctionName } from '../shared/contract/route.ts';

/** Functions that no route leads to. Each is a folder of `functions/`, as those of routes. */
export type BackgroundFunctionName = 'anchor' | 'authorizer' | 'import' | 'stream';

/** Every function that is deployed. */
export type ProductFunctionName = FunctionName | BackgroundFunctionName;
