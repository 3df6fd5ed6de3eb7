import { pathToFileURL } from 'node:url';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { FunctionBundle } from '../../bundling.ts';
import { tables } from '../../tables.ts';
import type { Database } from '../connect-database.ts';
import { type StreamPump, type StreamPumpOptions, startStreamPump } from './stream-pump.ts';

/**
 * Hands the changes of all tables to the real bundle of the stream function, in this process. The variables it reads,
 * and those of the SDK, must be set.
 *
 * @param directory where checkpoints and dead letters are kept.
 */
export async function pumpToBundle(
  database: Database,
  bundles: readonly FunctionBundle[],
  directory: string,
  onError: NonNullable<StreamPumpOptions['onError']>,
): Promise<StreamPump> {
  const bundle = bundles.find(({ name }) => name === 'stream');
  if (bundle === undefined) throw new Error('functions/stream has no handler.ts.');
  const { handler } = (await import(pathToFileURL(bundle.file).href)) as Pick<StreamPumpOptions, 'handler'>;
  return startStreamPump({
    client: database.client,
    streams: new DynamoDBStreamsClient({ endpoint: database.endpoint }),
    tables: Object.values(tables).map(({ name }) => name),
    handler,
    directory,
    onError,
  });
}
