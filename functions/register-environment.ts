import * as z from 'zod/mini';

/** The variables of a function that reads or writes residents; checked together by {@link oneKeyStore}. */
export const registerEnvironment = {
  /** Name of the table the residents are kept in. */
  RESIDENTS_TABLE: z.string().check(z.minLength(1)),
  /** Id or ARN of the KMS key that wraps the residents' keys: on AWS. */
  RESIDENT_KEY_ID: z.optional(z.string().check(z.minLength(1))),
  /** The file with the key that wraps the residents' keys: on one machine. */
  KEY_FILE: z.optional(z.string().check(z.minLength(1))),
  /** Names another DynamoDB than the region's: the embedded one, for instance. */
  DYNAMODB_ENDPOINT: z.optional(z.url()),
};

export type RegisterEnvironment = z.infer<z.ZodMiniObject<typeof registerEnvironment>>;

/** Refuses an environment that names no key store, or two: what one wrapped the other cannot open. */
export function oneKeyStore(
  { RESIDENT_KEY_ID, KEY_FILE }: Pick<RegisterEnvironment, 'RESIDENT_KEY_ID' | 'KEY_FILE'>,
  context: z.core.$RefinementCtx,
): void {
  if ((RESIDENT_KEY_ID === undefined) !== (KEY_FILE === undefined)) return;
  context.addIssue({
    code: 'custom',
    path: ['RESIDENT_KEY_ID'],
    message: 'set either this (a key of KMS) or KEY_FILE (a file of one machine), exactly one of both',
  });
}
