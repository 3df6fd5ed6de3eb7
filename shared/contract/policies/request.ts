import * as z from 'zod/mini';
import { policyId, policyVersion } from '../values.ts';

/** Path of `GET /v1/policies/{id}/versions/{version}`. */
export const policyVersionPath = z.strictObject({ id: policyId, version: policyVersion });
