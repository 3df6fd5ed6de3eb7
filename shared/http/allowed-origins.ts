import * as z from 'zod/mini';

/** `https` alone, or a page on the very machine; one host, no path, no pattern: what a browser writes into `Origin`. */
function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { origin, protocol, hostname } = new URL(text);
  const safe = protocol === 'https:' || (protocol === 'http:' && /^(localhost|127\.0\.0\.1)$/.test(hostname));
  return safe && origin === text && !hostname.includes('*');
}

/** The origins whose pages may use the guarded doors, each to the letter; `*` and `null` are none. */
export const allowedOrigins = z
  .array(
    z
      .string()
      .check(z.maxLength(256), z.refine(isOrigin, 'must be an origin such as https://app.example.gov.cn')),
  )
  .check(z.maxLength(16));
