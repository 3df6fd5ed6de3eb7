import * as z from 'zod/mini';
import { documented } from './documented.ts';

/** How many things a page has where nothing is said, and at most. */
export const pageSizes = { default: 50, maximum: 100 } as const;

/** The query members of every operation that answers in pages. */
export const paging = {
  pageSize: z.optional(z.string().check(z.regex(/^(?:[1-9]\d?|100)$/))).apply(documented, {
    description: `How many to answer at most: 1 to ${pageSizes.maximum}; ${pageSizes.default} when absent.`,
    examples: ['20'],
  }),
  pageToken: z.optional(z.string().check(z.maxLength(3_200))).apply(documented, {
    description:
      'Where to go on: `nextPageToken` of the page before, with the same other parameters. A token that was altered, or made for other parameters, is 400.',
  }),
} as const;

/** On every page: where the next one begins. */
export const nextPageToken = z.nullable(z.string()).apply(documented, {
  description: 'Send it as `pageToken` for the next page; null: this is the last one.',
});
