import * as z from 'zod';
import { allowedOrigins } from '../shared/http/allowed-origins.ts';

/** The variables of a function that pages of other origins come to with a credential. */
export const browserEnvironment = {
  /** The origins whose pages may use its guarded doors, with blanks between; may be empty. */
  ALLOWED_ORIGINS: z
    .string()
    .transform((text) => text.split(' ').filter((origin) => origin !== ''))
    .pipe(allowedOrigins),
};
