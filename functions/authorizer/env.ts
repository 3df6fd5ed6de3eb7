import * as z from 'zod';
import { issuersSchema } from '../../shared/security/tokens/issuer.ts';
import { credentialsEnvironment } from '../credentials-environment.ts';

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
  ...credentialsEnvironment,
});
