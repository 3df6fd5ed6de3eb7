import type { FunctionName } from '../shared/contract/route.ts';

/** Functions that no route leads to and no caller waits for. Each is a folder of `functions/`, as those of routes. */
export type BackgroundFunctionName = 'stream';

/** Every function that is deployed. */
export type ProductFunctionName = FunctionName | BackgroundFunctionName;
