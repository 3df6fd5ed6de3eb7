import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JSONWebKeySet } from 'jose';

export interface JwksServer {
  readonly url: string;
  stop(): void;
}

/** Serves an issuer's public keys on a free port of the loopback interface: apart from the API, as a real issuer is. */
export async function startJwksServer(jwks: JSONWebKeySet): Promise<JwksServer> {
  const body = JSON.stringify(jwks);
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/jwks') {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': 'application/jwk-set+json' }).end(body);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
