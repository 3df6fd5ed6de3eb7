import { createLog } from '../../shared/observability/log.ts';
import { createDocumentClient } from '../../shared/stores/dynamodb/document-client.ts';
import { DynamoAuditStore } from '../../shared/stores/dynamodb/dynamo-audit-store.ts';
import { readEnvironment } from '../read-environment.ts';
import { auditChanges } from './audit-changes.ts';
import { consumeStream } from './consume-stream.ts';
import { environmentSchema } from './env.ts';
import { namedTables } from './streamed-tables.ts';

const environment = readEnvironment(environmentSchema);
const endpoint = environment.DYNAMODB_ENDPOINT;
const client = createDocumentClient(endpoint === undefined ? {} : { endpoint });

export const handler = consumeStream({
  tables: namedTables(environment),
  subscribers: [auditChanges(new DynamoAuditStore(client, environment.AUDIT_TABLE))],
  log: createLog('stream'),
});
