import { generateKeyPairSync, sign } from 'node:crypto';
import type { RootSigner } from '../../../shared/domain/audit/root-signer.ts';
import type { TrustedKeys } from '../../../shared/domain/audit/verify-roots.ts';
import { isSignedBy, rootKeyId } from '../../../shared/security/root-key.ts';

/** A signer with a key of its own, and what a verifier who trusts it knows. */
export function memoryRootSigner(): RootSigner & { readonly trusted: TrustedKeys } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = rootKeyId(publicKey);
  return {
    keyId: async () => id,
    sign: async (text) => sign('sha256', Buffer.from(text), privateKey).toString('base64'),
    verify: async (text, signature) => isSignedBy(publicKey, text, signature),
    trusted: new Map([[id, (text, signature) => isSignedBy(publicKey, text, signature)]]),
  };
}
