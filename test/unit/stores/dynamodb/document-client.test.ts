import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, describe, expect, it } from 'vitest';
import {
  createDocumentClient,
  type DocumentClientOptions,
} from '../../../../shared/stores/dynamodb/document-client.ts';

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A DynamoDB that treats each try as told; counts the tries. */
async function dynamoDb(
  treat: (attempt: number, response: ServerResponse) => void,
  options: DocumentClientOptions,
) {
  let attempts = 0;
  server = createServer((request, response) => {
    request.resume();
    treat(++attempts, response);
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const client = createDocumentClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    ...options,
  });
  return {
    get: () => client.send(new GetCommand({ TableName: 'table', Key: { pk: '1' } })),
    attempts: () => attempts,
  };
}

function answer(response: ServerResponse, status: number, body: object) {
  response.writeHead(status, { 'Content-Type': 'application/x-amz-json-1.0' });
  response.end(JSON.stringify(body));
}

const item = { Item: { pk: { S: '1' } } };
const throttled = {
  __type: 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException',
  message: '',
};

describe('a DynamoDB client', () => {
  it('tries again when a try takes too long', async () => {
    const { get, attempts } = await dynamoDb(
      (attempt, response) => {
        if (attempt === 3) answer(response, 200, item);
      },
      { tryTimeoutMilliseconds: 300, deadlineMilliseconds: 5_000 },
    );
    await expect(get()).resolves.toMatchObject({ Item: { pk: '1' } });
    expect(attempts()).toBe(3);
  });

  it('gives up after its tries with a TimeoutError', async () => {
    const { get, attempts } = await dynamoDb(() => {}, {
      tryTimeoutMilliseconds: 50,
      maxAttempts: 2,
      deadlineMilliseconds: 5_000,
    });
    await expect(get()).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(attempts()).toBe(2);
  });

  it('does not wait for a second after it was throttled', async () => {
    const { get, attempts } = await dynamoDb(
      (attempt, response) => {
        if (attempt < 3) answer(response, 400, throttled);
        else answer(response, 200, item);
      },
      { tryTimeoutMilliseconds: 2_000, deadlineMilliseconds: 5_000 },
    );
    const started = performance.now();
    await expect(get()).resolves.toMatchObject({ Item: { pk: '1' } });
    expect(performance.now() - started).toBeLessThan(500);
    expect(attempts()).toBe(3);
  });

  it('gives up at the deadline, however many tries are left', async () => {
    const { get, attempts } = await dynamoDb(() => {}, {
      tryTimeoutMilliseconds: 150,
      maxAttempts: 100,
      deadlineMilliseconds: 400,
    });
    const started = performance.now();
    await expect(get()).rejects.toMatchObject({ name: 'AbortError' });
    expect(performance.now() - started).toBeLessThan(1_500);
    expect(attempts()).toBeLessThan(10);
  });

  it('keeps the deadline while an answer drips in', async () => {
    const { get } = await dynamoDb(
      (_, response) => {
        response.writeHead(200, { 'Content-Type': 'application/x-amz-json-1.0' });
        response.write('{');
      },
      { tryTimeoutMilliseconds: 100, deadlineMilliseconds: 300 },
    );
    await expect(get()).rejects.toThrow();
  });
});
