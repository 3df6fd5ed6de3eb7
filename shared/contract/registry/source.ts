import * as z from 'zod/mini';

/** The name of a bureau, as its credential says it: never in a body, and part of what names an event. */
export const eventSource = z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{0,31}$/));
