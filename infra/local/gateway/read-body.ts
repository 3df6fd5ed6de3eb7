import type { IncomingMessage } from 'node:http';

/** What {@link readBody} answers when there are more bytes than the limit. */
export const bodyTooLarge = Symbol('body too large');

/**
 * Reads a request's whole body.
 *
 * @param limitBytes as many are read; with one more the answer is {@link bodyTooLarge} and the rest is thrown away.
 * @throws when the caller hangs up before the end.
 */
export async function readBody(
  request: IncomingMessage,
  limitBytes: number,
): Promise<Buffer | typeof bodyTooLarge> {
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) {
    request.resume();
    return bodyTooLarge;
  }
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= limitBytes) {
        chunks.push(chunk);
        return;
      }
      // Go on reading what still comes, so that the caller gets to see the answer, but keep none of it.
      chunks = [];
      resolve(bodyTooLarge);
    });
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', reject);
    // Every request is closed in the end, and an error that nobody hears of would be made for each.
    request.once('close', () => {
      if (!request.complete) reject(new Error('The caller hung up.'));
    });
  });
}
