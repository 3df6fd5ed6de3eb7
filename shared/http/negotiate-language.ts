import { acceptLanguage } from './accept-language.ts';
import type { Step } from './exchange.ts';
import { header } from './header.ts';

/** Chooses the language of the answer, of its problems too. */
export function negotiateLanguage(): Step {
  return {
    before: ({ event, internal }) => {
      internal.language = acceptLanguage(header(event, 'accept-language'));
    },
  };
}
