import { createSecretKey, randomBytes } from 'node:crypto';
import { contextText, type KeyStore, KeyUnreadable } from '../../../shared/security/key-store.ts';

/** A key store that lives in a map, and counts how often a key was opened. */
export function memoryKeyStore(): KeyStore & { readonly unwraps: () => number } {
  const keys = new Map<string, Buffer>();
  const nameOf = (wrapped: Uint8Array, context: Record<string, string>) =>
    `${Buffer.from(wrapped).toString('hex')} ${contextText(context)}`;
  let unwraps = 0;
  return {
    unwraps: () => unwraps,
    async generateDataKey(context) {
      const [bytes, wrapped] = [randomBytes(32), randomBytes(8)];
      keys.set(nameOf(wrapped, context), bytes);
      return { key: createSecretKey(bytes), wrapped };
    },
    async unwrap(wrapped, context) {
      unwraps += 1;
      const bytes = keys.get(nameOf(wrapped, context));
      if (bytes === undefined) throw new KeyUnreadable();
      return createSecretKey(bytes);
    },
  };
}
