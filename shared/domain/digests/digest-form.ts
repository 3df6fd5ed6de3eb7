/** How a digest is written: `sha256:` and 64 hexadecimal digits, small letters. */
export const DIGEST_FORM = /^sha256:[0-9a-f]{64}$/;
