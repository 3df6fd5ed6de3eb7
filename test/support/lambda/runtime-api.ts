import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a function made of an event. */
export type Outcome =
  | { readonly answer: unknown }
  | { readonly error: { readonly errorType: string; readonly errorMessage: string } };

export interface RuntimeApi {
  /** `host:port`, for `AWS_LAMBDA_RUNTIME_API`. */
  readonly address: string;
  /** Resolves when the function asks for its first event: its start is over. Rejects with what it says went wrong. */
  readonly started: Promise<void>;
  /** Hands the function an event, when it next asks for one. */
  invoke(event: unknown): Promise<Outcome>;
  stop(): void;
}

const timeoutMilliseconds = 10_000;

/** Lambda's side of the Runtime API (2018-06-01) for one process of one function. */
export async function startRuntimeApi(): Promise<RuntimeApi> {
  const started = Promise.withResolvers<void>();
  started.promise.catch(() => {});
  const events: { id: string; event: unknown }[] = [];
  const outcomes = new Map<string, (outcome: Outcome) => void>();
  let waiting: ServerResponse | null = null;
  let count = 0;

  const handOut = () => {
    const next = waiting === null ? undefined : events.shift();
    if (waiting === null || next === undefined) return;
    waiting.writeHead(200, {
      'Content-Type': 'application/json',
      'Lambda-Runtime-Aws-Request-Id': next.id,
      'Lambda-Runtime-Deadline-Ms': String(Date.now() + timeoutMilliseconds),
      'Lambda-Runtime-Invoked-Function-Arn': 'arn:aws:lambda:local:000000000000:function:test',
    });
    waiting.end(JSON.stringify(next.event));
    waiting = null;
  };
  const server = createServer(async (request, response) => {
    const [, id, what] = /\/(?:invocation\/)?([^/]+)\/([^/]+)$/.exec(request.url ?? '') ?? [];
    if (what === 'next') {
      started.resolve();
      waiting = response;
      return handOut();
    }
    const text = await textOf(request);
    response.writeHead(202).end();
    if (id === 'init') return started.reject(new Error(JSON.parse(text).errorMessage));
    outcomes.get(id!)?.(what === 'error' ? { error: JSON.parse(text) } : { answer: JSON.parse(text) });
    outcomes.delete(id!);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    started: started.promise,
    invoke(event) {
      const id = `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`;
      return new Promise((resolve) => {
        outcomes.set(id, resolve);
        events.push({ id, event });
        handOut();
      });
    },
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
