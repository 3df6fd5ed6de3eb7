import type { Readable } from 'node:stream';

/** How long a connection may stay silent while bytes are waited for, in milliseconds. */
const LONGEST_SILENCE = 20_000;
/** How many connections in a row may break without a byte. */
const CONNECTIONS = 4;

/** A connection that was open and gave nothing. */
export class ConnectionSilent extends Error {
  override readonly name = 'ConnectionSilent';
}

/**
 * The bytes of an object over as many connections as it takes. An import reads more slowly than S3 would send, and a
 * connection that is kept waiting breaks sooner or later.
 *
 * @param first the connection that begins with the first byte.
 * @param open another one, that begins so many bytes later.
 * @throws what the last connection broke of, or what `open` throws.
 */
export async function* readOn(
  first: Readable,
  open: (offset: number) => Promise<Readable>,
  longestSilence = LONGEST_SILENCE,
): AsyncGenerator<Uint8Array> {
  let body = first;
  let offset = 0;
  for (let broken = 0; ; ) {
    try {
      for await (const chunk of whileItSpeaks(body, longestSilence)) {
        offset += chunk.length;
        broken = 0;
        yield chunk;
      }
      return;
    } catch (error) {
      if (++broken === CONNECTIONS) throw error;
      body = await open(offset);
    }
  }
}

async function* whileItSpeaks(body: Readable, longestSilence: number): AsyncGenerator<Uint8Array> {
  const chunks: AsyncIterator<Uint8Array> = body[Symbol.asyncIterator]();
  try {
    for (;;) {
      const timer = setTimeout(() => body.destroy(new ConnectionSilent()), longestSilence);
      const { done, value } = await chunks.next().finally(() => clearTimeout(timer));
      if (done) return;
      yield value;
    }
  } finally {
    body.destroy();
  }
}
