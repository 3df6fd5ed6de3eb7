import * as z from 'zod/mini';

/** The variables of a function that answers from published policies. */
export const policyEnvironment = {
  /** Name of the table the policies are published to. */
  POLICIES_TABLE: z.string().check(z.minLength(1)),
  /** The policy that answers where a caller names none. */
  DEFAULT_POLICY: z._default(z.string().check(z.minLength(1)), 'chengdu'),
  /** Names another DynamoDB than the region's: the embedded one, for instance. */
  DYNAMODB_ENDPOINT: z.optional(z.url()),
};
