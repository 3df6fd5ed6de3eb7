import * as z from 'zod/mini';
import { browserEnvironment } from '../browser-environment.ts';
import { credentialsEnvironment } from '../credentials-environment.ts';
import { policyEnvironment } from '../policy-environment.ts';

/** The environment of this function; the same schema types what the deployment sets. */
export const environmentSchema = z.object({
  ...credentialsEnvironment,
  ...policyEnvironment,
  ...browserEnvironment,
});
