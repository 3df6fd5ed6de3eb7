import * as z from 'zod/mini';

/** The name of a bureau, as its credential says it: never in a body, and part of what names an event. */
export const eventSource = z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{0,31}$/));

/**
 * The bureaus there are, and what operators know them by. Whatever says whose events are to be stored names one of these:
 * under a name with a typo every event would be stored again, as another bureau's. Add a bureau here before it sends.
 */
export const bureaus = {
  'public-security': 'Public security (公安)',
  'social-insurance': 'Human resources and social security (人社)',
  'civil-affairs': 'Civil affairs (民政)',
  housing: 'Housing and construction (住建)',
  education: 'Education (教育)',
} as const;

export type Bureau = keyof typeof bureaus;

export const bureauNames = Object.keys(bureaus) as Bureau[];

/** One of {@link bureaus}. What is stored is read by {@link eventSource}: a bureau may be taken off the list. */
export const bureau = z.enum(bureauNames);
