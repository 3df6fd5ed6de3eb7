import * as z from 'zod';

/** The variables of a function that reads residents. */
export const registerEnvironment = {
  /** Name of the table the residents are kept in. */
  RESIDENTS_TABLE: z.string().min(1),
  /** The KMS key that wraps the data keys of residents; on one machine KEY_FILE stands in for it. */
  RESIDENT_KEY_ID: z.string().min(1).optional(),
  KEY_FILE: z.string().min(1).optional(),
};
