import type * as z from 'zod';

/**
 * A function's environment, read once at its start.
 *
 * @throws Error that names every variable at fault, and no value.
 */
export function readEnvironment<Schema extends z.ZodObject>(
  schema: Schema,
  variables: Readonly<Record<string, string | undefined>> = process.env,
): z.infer<Schema> {
  const result = schema.safeParse(variables, { jitless: true });
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The environment is not what this function needs. ${faults.join('; ')}`);
}
