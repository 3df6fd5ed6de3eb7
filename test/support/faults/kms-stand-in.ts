import { createSecretKey, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openBytes, sealBytes } from '../../../shared/security/aes-gcm.ts';

export interface KmsStandIn {
  readonly endpoint: string;
  /** A data key as KMS would make it, without asking over the wire. */
  makeKey(context: Readonly<Record<string, string>>): { readonly bytes: Buffer; readonly wrapped: Buffer };
  stop(): void;
}

/** As much of AWS KMS as the key store uses (`GenerateDataKey`, `Decrypt`), spoken over HTTP, with a key in memory. */
export async function startKmsStandIn(): Promise<KmsStandIn> {
  const own = createSecretKey(randomBytes(32));
  const textOf = (context: object) => JSON.stringify(Object.entries(context).sort());
  const makeKey = (context: object) => {
    const bytes = randomBytes(32);
    return { bytes, wrapped: Buffer.from(sealBytes(own, bytes, textOf(context))) };
  };
  const server = createServer(async (request, response) => {
    const chunks = await Array.fromAsync(request as AsyncIterable<Buffer>);
    const { EncryptionContext: context = {}, CiphertextBlob } = JSON.parse(Buffer.concat(chunks).toString());
    const send = (status: number, body: object) => {
      response.writeHead(status, { 'Content-Type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
    };
    if (request.headers['x-amz-target'] === 'TrentService.GenerateDataKey') {
      const { bytes, wrapped } = makeKey(context);
      const encoded = { Plaintext: bytes.toString('base64'), CiphertextBlob: wrapped.toString('base64') };
      return send(200, { KeyId: 'key-1', ...encoded });
    }
    try {
      const bytes = openBytes(own, Buffer.from(CiphertextBlob, 'base64'), textOf(context));
      send(200, { KeyId: 'key-1', Plaintext: Buffer.from(bytes).toString('base64') });
    } catch {
      send(400, { __type: 'InvalidCiphertextException' });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    makeKey,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
