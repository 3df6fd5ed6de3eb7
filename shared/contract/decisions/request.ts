import * as z from 'zod/mini';
import { decisionId } from './decision-id.ts';

/** Path of the operations on one decision. */
export const decisionPath = z.strictObject({ id: decisionId });
