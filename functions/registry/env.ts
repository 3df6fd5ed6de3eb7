import * as z from 'zod/mini';
import { oneKeyStore, registerEnvironment } from '../register-environment.ts';

/** The environment of this function; the same schema types what the deployment sets. */
export const environmentSchema = z.object({ ...registerEnvironment }).check(z.superRefine(oneKeyStore));
