import * as z from 'zod/mini';
import { browserEnvironment } from '../browser-environment.ts';
import { policyEnvironment } from '../policy-environment.ts';
import { oneKeyStore, registerEnvironment } from '../register-environment.ts';

/** The environment of this function; the same schema types what the deployment sets. */
export const environmentSchema = z
  .object({
    ...policyEnvironment,
    ...registerEnvironment,
    ...browserEnvironment,
    /** Name of the table the decisions are kept in. */
    DECISIONS_TABLE: z.string().check(z.minLength(1)),
    /** Name of the table of the audit: every look is recorded before it is answered, while it is anchored. */
    AUDIT_TABLE: z.string().check(z.minLength(1)),
  })
  .check(z.superRefine(oneKeyStore));
