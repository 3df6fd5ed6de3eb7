import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { fetchIssuerKeys } from '../../../../shared/security/tokens/fetch-issuer-keys.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serving(answer: RequestListener): Promise<string> {
  const made = createServer(answer);
  server = made;
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(made.address() as AddressInfo).port}/jwks`;
}

describe("an issuer's keys over HTTP", () => {
  it('are the JSON of the answer', async () => {
    const url = await serving((_, response) => response.end('{"keys":[]}'));
    await expect(fetchIssuerKeys(url)).resolves.toEqual({ keys: [] });
  });

  it.each<[string, RequestListener]>([
    ['an error', (_, response) => response.writeHead(500).end('{"keys":[]}')],
    ['a redirect', (_, response) => response.writeHead(302, { Location: '/elsewhere' }).end()],
    ['no JSON', (_, response) => response.end('<html>')],
    ['more than 64 KB', (_, response) => response.end(JSON.stringify({ keys: ['x'.repeat(65_536)] }))],
    ['nothing', (_, response) => response.destroy()],
  ])('are none in %s', async (_, answer) => {
    await expect(fetchIssuerKeys(await serving(answer))).rejects.toThrow();
  });

  it('are not waited for longer than was said', async () => {
    const started = performance.now();
    await expect(fetchIssuerKeys(await serving(() => {}), 50)).rejects.toThrow();
    expect(performance.now() - started).toBeLessThan(1_500);
  });
});
