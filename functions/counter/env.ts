import * as z from 'zod';
import { policyEnvironment } from '../policy-environment.ts';
import { oneKeyStore, registerEnvironment } from '../register-environment.ts';

/** The environment of this function; the same schema types what the deployment sets. */
export const environmentSchema = z
  .object({
    ...policyEnvironment,
    ...registerEnvironment,
    /** Name of the table the decisions are kept in. */
    DECISIONS_TABLE: z.string().min(1),
    /** Name of the table that says how far the audit is anchored. */
    AUDIT_TABLE: z.string().min(1),
  })
  .superRefine(oneKeyStore);
