import * as z from 'zod';

/** The variables of a function that answers from published policies. */
export const policyEnvironment = {
  /** Name of the table the policies are published to. */
  POLICIES_TABLE: z.string().min(1),
  /** The policy that answers where a caller names none. */
  DEFAULT_POLICY: z.string().min(1).default('chengdu'),
  /** Names another DynamoDB than the region's: the embedded one, for instance. */
  DYNAMODB_ENDPOINT: z.url().optional(),
};
