import * as z from 'zod/mini';

/** The environment of this function; the same schema types what the deployment sets. */
export const environmentSchema = z
  .object({
    /** Name of the table the audit is kept in. */
    AUDIT_TABLE: z.string().check(z.minLength(1)),
    /** Name of the bucket that roots lie in: on AWS. */
    ROOT_BUCKET: z.optional(z.string().check(z.minLength(1))),
    /** Id or ARN of the KMS key that signs roots: on AWS. */
    ROOT_KEY_ID: z.optional(z.string().check(z.minLength(1))),
    /** The folder that roots lie in: on one machine. */
    ROOT_FOLDER: z.optional(z.string().check(z.minLength(1))),
    /** The file with the key that signs roots: on one machine. */
    ROOT_KEY_FILE: z.optional(z.string().check(z.minLength(1))),
    /** Names another DynamoDB than the region's: the embedded one, for instance. */
    DYNAMODB_ENDPOINT: z.optional(z.url()),
  })
  .check(
    z.superRefine((environment, context) => {
      const onAws = [environment.ROOT_BUCKET, environment.ROOT_KEY_ID];
      const onOneMachine = [environment.ROOT_FOLDER, environment.ROOT_KEY_FILE];
      const isWhole = (one: typeof onAws, other: typeof onAws) =>
        one.every((value) => value !== undefined) && other.every((value) => value === undefined);
      if (isWhole(onAws, onOneMachine) || isWhole(onOneMachine, onAws)) return;
      context.addIssue({
        code: 'custom',
        path: ['ROOT_BUCKET'],
        message:
          'set either this and ROOT_KEY_ID (on AWS) or ROOT_FOLDER and ROOT_KEY_FILE (on one machine), not some of both',
      });
    }),
  );

export type AnchorEnvironment = z.infer<typeof environmentSchema>;
