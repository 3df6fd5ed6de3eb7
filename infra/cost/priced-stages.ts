import type { StageName } from '../config/stage-config.ts';

/** The stages the cost page is about. `dev` has what `prod` has, and next to no load. */
export const pricedStages = ['prod', 'prod-cn'] as const satisfies readonly StageName[];
