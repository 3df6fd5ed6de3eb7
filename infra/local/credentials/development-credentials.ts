import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { ApiKeyHashes } from '../../../shared/security/api-keys/api-key-hashes.ts';
import { createKeyStore } from '../../../shared/security/create-key-store.ts';
import { KeyUnreadable } from '../../../shared/security/key-store.ts';
import { DynamoHashKeyStore } from '../../../shared/stores/dynamodb/dynamo-hash-key-store.ts';
import { DynamoPartnerStore } from '../../../shared/stores/dynamodb/dynamo-partner-store.ts';
import { CommandError } from '../../command-error.ts';
import { tables } from '../../tables.ts';
import { keyFileIn } from '../data-files.ts';
import { DevelopmentIssuer } from './development-issuer.ts';
import { ensureFeedKeys } from './feed-keys.ts';
import { startJwksServer } from './jwks-server.ts';

export interface DevelopmentCredentials {
  /** What the authorizer must find in its environment. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): void;
}

/**
 * What stands in for the world's issuers of credentials: an issuer of tokens with its keys on a port of its own, and an
 * API key for each bureau's feed. All are verified as real ones are.
 *
 * @throws CommandError when the database was used with another key file.
 */
export async function startDevelopmentCredentials(
  dataDirectory: string,
  client: DynamoDBDocumentClient,
): Promise<DevelopmentCredentials> {
  const table = tables.partners.name;
  const keyFile = keyFileIn(dataDirectory);
  const hashes = new ApiKeyHashes(new DynamoHashKeyStore(client, table), createKeyStore({ keyFile }));
  try {
    await ensureFeedKeys(dataDirectory, new DynamoPartnerStore(client, table), hashes);
  } catch (error) {
    if (!(error instanceof KeyUnreadable)) throw error;
    throw new CommandError(
      `The API keys in this database were made under another key than that of ${keyFile}: bring its key file back, or start from an empty database with: npm start -- --fresh`,
    );
  }
  const issuer = new DevelopmentIssuer(dataDirectory);
  const { url, stop } = await startJwksServer(issuer.jwks);
  const environment = {
    ISSUERS: JSON.stringify(issuer.settings(url)),
    API_KEY_ENVIRONMENT: 'test',
    KEY_FILE: keyFile,
  };
  return { environment, stop };
}
