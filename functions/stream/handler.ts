import { createLog } from '../../shared/observability/log.ts';
import { DynamoAuditStore } from '../../shared/stores/dynamodb/dynamo-audit-store.ts';
import { databaseClient } from '../database-client.ts';
import { readEnvironment } from '../read-environment.ts';
import { auditChanges } from './audit-changes.ts';
import { consumeStream } from './consume-stream.ts';
import { environmentSchema } from './env.ts';
import { namedTables } from './streamed-tables.ts';

const environment = readEnvironment(environmentSchema);

export const handler = consumeStream({
  tables: namedTables(environment),
  subscribers: [auditChanges(new DynamoAuditStore(databaseClient(environment), environment.AUDIT_TABLE))],
  log: createLog('stream'),
});
