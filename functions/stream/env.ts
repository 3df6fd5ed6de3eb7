import * as z from 'zod/mini';

/** The environment of this function; the same schema types what the deployment sets. */
export const environmentSchema = z.object({
  /** Name of the table the audit is kept in. */
  AUDIT_TABLE: z.string().check(z.minLength(1)),
  /** Names of the tables whose changes are told, by which a change is known for one of theirs. */
  POLICIES_TABLE: z.string().check(z.minLength(1)),
  RESIDENTS_TABLE: z.string().check(z.minLength(1)),
  DECISIONS_TABLE: z.string().check(z.minLength(1)),
  /** Names another DynamoDB than the region's: the embedded one, for instance. */
  DYNAMODB_ENDPOINT: z.optional(z.url()),
});
