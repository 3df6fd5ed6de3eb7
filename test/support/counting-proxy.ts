import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands before a DynamoDB and takes down what is asked of it. */
export interface CountingProxy {
  readonly endpoint: string;
  /** Calls since the last `reset`, as `GetItem residents`; those of streams are left out. */
  readonly calls: string[];
  reset(): void;
  stop(): void;
}

export async function startCountingProxy(endpoint: string): Promise<CountingProxy> {
  const calls: string[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const [service = '', operation = ''] = String(request.headers['x-amz-target']).split('.');
    if (!service.includes('Streams')) calls.push(`${operation} ${tablesIn(body.toString())}`);
    const { 'content-length': _, connection: __, 'transfer-encoding': ___, ...headers } = request.headers;
    try {
      const answer = await fetch(endpoint, {
        method: 'POST',
        headers: headers as Record<string, string>,
        body,
      });
      response.writeHead(answer.status, { 'Content-Type': answer.headers.get('content-type') ?? '' });
      response.end(Buffer.from(await answer.arrayBuffer()));
    } catch {
      response.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    reset() {
      calls.length = 0;
    },
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function tablesIn(body: string): string {
  const names = [...body.matchAll(/"TableName":"([^"]+)"/g)].map(([, name]) => name);
  return [...new Set(names)].join('+');
}
