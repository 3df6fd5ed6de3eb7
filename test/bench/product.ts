import { type CivilDate, parseCivilDate } from '../../shared/domain/calendar/civil-date.ts';
import { compilePolicy } from '../../shared/domain/policy/compile.ts';
import type { CompiledPolicy } from '../../shared/domain/policy/compiled-policy.ts';
import {
  type PolicyHistory,
  policyHistory,
  versionInForce,
} from '../../shared/domain/policy/policy-history.ts';
import { productPacks } from '../support/product-packs.ts';

/** A day on which the latest version is in force; fixed, so that two runs measure the same. */
export const AS_OF = '2026-06-01';

/** What is measured: a policy with all its versions, and the one in force on the day. */
export interface Product {
  readonly history: PolicyHistory;
  readonly policy: CompiledPolicy;
  readonly asOf: CivilDate;
}

/** Chengdu's policy. */
export function chengdu(): Product {
  const packs = productPacks().filter(({ policy }) => policy === 'chengdu');
  const history = policyHistory('chengdu', packs.map(compilePolicy));
  const asOf = parseCivilDate(AS_OF)!;
  return { history, policy: versionInForce(history, asOf)!, asOf };
}
