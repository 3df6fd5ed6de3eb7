import * as z from 'zod/mini';

/**
 * A summary or a history, never both; `xor`, unlike `union`, reports what is wrong with either. The member that only the
 * history has, and must have, tells which of the two was meant: that one is tried alone, and what it takes the other
 * cannot take, as neither allows members of the other. Only where it objects is either tried, for all objections.
 */
export function eitherForm<Summary extends z.ZodMiniObject, History extends z.ZodMiniObject>(
  summary: Summary,
  history: History,
  member: keyof History['shape'] & string,
): z.ZodMiniXor<readonly [Summary, History]> {
  const either = z.xor([summary, history]);
  const tryBoth = either._zod.run;
  const tryMeant: typeof tryBoth = (payload, context) => {
    const { value } = payload;
    if (typeof value !== 'object' || value === null) return tryBoth(payload, context);
    const meant = Object.hasOwn(value, member) ? history : summary;
    const result = meant._zod.run({ value, issues: [] }, context);
    if (result instanceof Promise || result.issues.length > 0) return tryBoth(payload, context);
    payload.value = result.value;
    return payload;
  };
  either._zod.run = tryMeant;
  either._zod.parse = tryMeant;
  return either;
}
