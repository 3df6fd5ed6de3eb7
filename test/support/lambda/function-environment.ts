import { join } from 'node:path';
import { tables } from '../../../infra/tables.ts';

/** Nobody listens there. */
const NOWHERE = 'http://127.0.0.1:9';

/**
 * A value for every variable that any function reads, of a machine with no AWS about it; a function that needs another
 * one says so when it starts.
 *
 * @param directory for the key file.
 */
export function functionEnvironment(
  directory: string,
  dynamoDbEndpoint: string = NOWHERE,
): Record<string, string> {
  return {
    ...Object.fromEntries(
      Object.values(tables).map(({ environmentVariable, name }) => [environmentVariable, name]),
    ),
    DYNAMODB_ENDPOINT: dynamoDbEndpoint,
    AWS_ENDPOINT_URL_S3: NOWHERE,
    AWS_REGION: 'local',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    KEY_FILE: join(directory, 'key'),
    ROOT_FOLDER: join(directory, 'roots'),
    ROOT_KEY_FILE: join(directory, 'root-key'),
    API_KEY_ENVIRONMENT: 'test',
    ISSUERS: '[]',
    ALLOWED_ORIGINS: '',
    IMPORT_BUCKET: 'files',
  };
}
