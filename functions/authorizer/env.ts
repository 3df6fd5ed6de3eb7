import * as z from 'zod';
import { keyEnvironments } from '../../shared/security/api-keys/api-key.ts';
import { issuersSchema } from '../../shared/security/tokens/issuer.ts';

/** The environment of this function; the same schema types what the deployment sets. */
export const environmentSchema = z.object({
  /** Whose tokens are taken, as JSON; see shared/security/tokens/issuer.ts. */
  ISSUERS: z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue('is not JSON');
        return z.NEVER;
      }
    })
    .pipe(issuersSchema),
  /** Name of the table of API keys and their owners. */
  PARTNERS_TABLE: z.string().min(1),
  /** Which API keys are good here. */
  API_KEY_ENVIRONMENT: z.enum(keyEnvironments),
  /** Id or ARN of the KMS key that wraps the keys of the hashes: on AWS. */
  CREDENTIALS_KEY_ID: z.string().min(1).optional(),
  /** The file with the key that wraps them: on one machine. */
  KEY_FILE: z.string().min(1).optional(),
  /** Names another DynamoDB than the region's: the embedded one, for instance. */
  DYNAMODB_ENDPOINT: z.url().optional(),
});
