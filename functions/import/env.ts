import * as z from 'zod';
import { oneKeyStore, registerEnvironment } from '../register-environment.ts';

/** The environment of this function; the same schema types what the deployment sets. */
export const environmentSchema = z
  .object({
    /** Name of the bucket that bureaus drop files into. */
    IMPORT_BUCKET: z.string().min(1),
    ...registerEnvironment,
  })
  .superRefine(oneKeyStore);
