import * as z from 'zod/mini';
import { issuersSchema } from '../../shared/security/tokens/issuer.ts';
import { credentialsEnvironment } from '../credentials-environment.ts';

/** The environment of this function; the same schema types what the deployment sets. */
export const environmentSchema = z.object({
  /** Whose tokens are taken, as JSON; see shared/security/tokens/issuer.ts. */
  ISSUERS: z.pipe(
    z.pipe(
      z.string(),
      z.transform((text, { issues }) => {
        try {
          return JSON.parse(text) as unknown;
        } catch {
          issues.push({ code: 'custom', message: 'is not JSON', input: text });
          return z.NEVER;
        }
      }),
    ),
    issuersSchema,
  ),
  ...credentialsEnvironment,
});
