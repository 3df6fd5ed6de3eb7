import type { ConsumedCapacity } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** What was taken of a table since the meter was reset. */
export interface Metered {
  readonly readUnits: number;
  readonly writeUnits: number;
  /** Items put, updated or deleted, by table. */
  readonly writes: Readonly<Record<string, number>>;
}

/** A client that has DynamoDB say what each call takes, and adds it up. */
export interface MeteredClient {
  readonly client: DynamoDBDocumentClient;
  /** What was taken since the last time it was asked. */
  take(): Metered;
}

interface Sent {
  readonly constructor: { readonly name: string };
  readonly input: Record<string, unknown>;
}

const singleWrites = ['PutCommand', 'UpdateCommand', 'DeleteCommand'];

export function meteredClient(real: DynamoDBDocumentClient): MeteredClient {
  let readUnits = 0;
  let writeUnits = 0;
  let writes: Record<string, number> = {};
  const count = (table: string) => {
    writes[table] = (writes[table] ?? 0) + 1;
  };
  const send = real.send as unknown as (...all: unknown[]) => Promise<object>;
  const meter = async (command: Sent, ...rest: unknown[]) => {
    command.input.ReturnConsumedCapacity = 'TOTAL';
    const answer = (await send.call(real, command, ...rest)) as { ConsumedCapacity?: unknown };
    const isWrite = /Put|Update|Delete|TransactWrite/.test(command.constructor.name);
    const units = [answer.ConsumedCapacity ?? []]
      .flat()
      .reduce<number>((sum, consumed) => sum + ((consumed as ConsumedCapacity).CapacityUnits ?? 0), 0);
    if (isWrite) writeUnits += units;
    else readUnits += units;
    if (singleWrites.includes(command.constructor.name)) count(String(command.input.TableName));
    for (const item of (command.input.TransactItems ?? []) as Record<string, { TableName: string }>[]) {
      const { Put, Update, Delete } = item;
      const written = Put ?? Update ?? Delete;
      if (written !== undefined) count(written.TableName);
    }
    return answer;
  };
  return {
    client: Object.create(real, { send: { value: meter } }),
    take() {
      const taken = { readUnits, writeUnits, writes };
      readUnits = 0;
      writeUnits = 0;
      writes = {};
      return taken;
    },
  };
}
