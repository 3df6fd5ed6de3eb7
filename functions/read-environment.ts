import type * as z from 'zod/mini';
import { englishIssues, issueText } from '../shared/domain/issues/english-issues.ts';

/**
 * A function's environment, read once at its start.
 *
 * @throws Error that names every variable at fault, and no value.
 */
export function readEnvironment<Schema extends z.ZodMiniObject>(
  schema: Schema,
  variables: Readonly<Record<string, string | undefined>> = process.env,
): z.infer<Schema> {
  const result = schema.safeParse(variables, { ...englishIssues, jitless: true });
  if (result.success) return result.data;
  const faults = result.error.issues.map(issueText).join('; ');
  throw new Error(`The environment is not what this function needs. ${faults}`);
}
