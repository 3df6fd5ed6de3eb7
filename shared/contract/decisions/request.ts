import * as z from 'zod';
import { decisionId } from './decision-id.ts';

/** Path of the operations on one decision. */
export const decisionPath = z.strictObject({ id: decisionId });
