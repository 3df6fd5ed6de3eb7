import * as z from 'zod/mini';
import { oneKeyStore, registerEnvironment } from '../register-environment.ts';

/** The environment of this function; the same schema types what the deployment sets. */
export const environmentSchema = z
  .object({
    /** Name of the bucket that bureaus drop files into. */
    IMPORT_BUCKET: z.string().check(z.minLength(1)),
    ...registerEnvironment,
  })
  .check(z.superRefine(oneKeyStore));
