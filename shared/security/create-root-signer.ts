import { KMSClient } from '@aws-sdk/client-kms';
import type { RootSigner } from '../domain/audit/root-signer.ts';
import { FileRootSigner } from './file-root-signer.ts';
import { KmsRootSigner } from './kms-root-signer.ts';

/** What signs roots: a key of AWS KMS (its id or ARN), or one in a file of this machine. */
export type RootSignerPlace =
  | { readonly kmsKeyId: string; readonly keyFile?: never }
  | { readonly keyFile: string; readonly kmsKeyId?: never };

/** Nobody waits for the answer, but a try must end. */
const tryTimeoutMilliseconds = 2_000;

/** The signer of a place. Reads nothing yet. */
export function createRootSigner({ kmsKeyId, keyFile }: RootSignerPlace): RootSigner {
  if (keyFile !== undefined) return new FileRootSigner(keyFile);
  const client = new KMSClient({
    maxAttempts: 4,
    requestHandler: {
      connectionTimeout: tryTimeoutMilliseconds,
      requestTimeout: tryTimeoutMilliseconds,
      throwOnRequestTimeout: true,
    },
  });
  return new KmsRootSigner(client, kmsKeyId);
}
