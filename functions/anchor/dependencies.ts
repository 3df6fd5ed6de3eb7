import { S3Client } from '@aws-sdk/client-s3';
import type { SealDependencies } from '../../shared/domain/audit/seal-audit.ts';
import { createRootSigner } from '../../shared/security/create-root-signer.ts';
import { auditShards } from '../../shared/stores/dynamodb/audit-items.ts';
import { DynamoAnchorStore } from '../../shared/stores/dynamodb/dynamo-anchor-store.ts';
import { DynamoAuditPartitions } from '../../shared/stores/dynamodb/dynamo-audit-partitions.ts';
import { FolderRootStore } from '../../shared/stores/files/folder-root-store.ts';
import { S3RootStore } from '../../shared/stores/s3/s3-root-store.ts';
import { databaseClient, feedPatience } from '../database-client.ts';
import type { AnchorEnvironment } from './env.ts';

/** Nobody waits for the answer, but a try must end long before the function does. */
const s3Patience = { connectionTimeout: 2_000, requestTimeout: 20_000, throwOnRequestTimeout: true };

/** The dependencies of the running function: the audit's table, where roots lie, and what signs them. */
export function anchorDependencies(
  environment: AnchorEnvironment,
): Omit<SealDependencies, 'hasTime' | 'onDifference'> {
  const { AUDIT_TABLE: table, ROOT_BUCKET, ROOT_KEY_ID, ROOT_FOLDER, ROOT_KEY_FILE } = environment;
  // Pages of a megabyte take longer than the reads of a request.
  const client = databaseClient(environment, feedPatience);
  return {
    partitions: new DynamoAuditPartitions(client, table),
    anchors: new DynamoAnchorStore(client, table),
    roots:
      ROOT_FOLDER === undefined
        ? new S3RootStore(new S3Client({ maxAttempts: 5, requestHandler: s3Patience }), ROOT_BUCKET!)
        : new FolderRootStore(ROOT_FOLDER),
    signer: createRootSigner(
      ROOT_KEY_FILE === undefined ? { kmsKeyId: ROOT_KEY_ID! } : { keyFile: ROOT_KEY_FILE },
    ),
    shards: auditShards,
    now: Date.now,
  };
}
