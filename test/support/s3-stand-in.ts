import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What goes wrong with one answer. */
export type S3Fault =
  | { readonly kind: 'throttled' }
  | { readonly kind: 'denied' }
  /** The connection breaks after so many bytes of the body, which says that more would come. */
  | { readonly kind: 'broken'; readonly afterBytes: number };

/** As much of S3 as the product uses, spoken over HTTP, so that the real client, its retries and its streams are tried. */
export interface S3StandIn {
  readonly endpoint: string;
  /** By key; the key of a version is `key?version`. */
  readonly objects: Map<string, Buffer>;
  /** Method, key and range of every request, in order. */
  readonly requests: string[];
  /** One for each of the next requests whose method and key it is asked for; null: nothing goes wrong. */
  fault: (method: string, key: string) => S3Fault | null;
  stop(): Promise<void>;
}

export async function startS3StandIn(bucket: string): Promise<S3StandIn> {
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const standIn: S3StandIn = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects: new Map(),
    requests: [],
    fault: () => null,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return standIn;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url!, standIn.endpoint);
    const key = decodeURIComponent(pathname).slice(`/${bucket}/`.length);
    const { method = '' } = request;
    const { range, 'if-match': expected, 'if-none-match': absent } = request.headers;
    standIn.requests.push([method, key, ...(range === undefined ? [] : [range])].join(' '));
    const body = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>));
    const fault = standIn.fault(method, key);
    if (fault?.kind === 'throttled') return refuse(response, 503, 'SlowDown');
    if (fault?.kind === 'denied') return refuse(response, 403, 'AccessDenied');
    if (method === 'PUT') {
      if (absent === '*' && standIn.objects.has(key)) return refuse(response, 412, 'PreconditionFailed');
      standIn.objects.set(key, body);
      response.end();
      return;
    }
    const version = searchParams.get('versionId');
    const object = standIn.objects.get(version === null ? key : `${key}?${version}`);
    if (object === undefined) return refuse(response, 404, version === null ? 'NoSuchKey' : 'NoSuchVersion');
    const entityTag = `"${object.length}"`;
    if (expected !== undefined && expected !== entityTag) return refuse(response, 412, 'PreconditionFailed');
    const from = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
    const part = object.subarray(from);
    response.writeHead(from === 0 ? 200 : 206, { ETag: entityTag, 'Content-Length': part.length });
    if (fault?.kind !== 'broken') return void response.end(part);
    response.write(part.subarray(0, fault.afterBytes), () => setTimeout(() => response.destroy(), 5));
  }
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'Content-Type': 'application/xml' });
  response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`);
}
