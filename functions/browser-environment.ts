import * as z from 'zod/mini';
import { allowedOrigins } from '../shared/http/allowed-origins.ts';

/** The variables of a function that pages of other origins come to with a credential. */
export const browserEnvironment = {
  /** The origins whose pages may use its guarded doors, with blanks between; may be empty. */
  ALLOWED_ORIGINS: z.pipe(
    z.pipe(
      z.string(),
      z.transform((text) => text.split(' ').filter((origin) => origin !== '')),
    ),
    allowedOrigins,
  ),
};
