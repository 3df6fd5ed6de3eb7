/** A set of keys has a few KB; what is longer is none. */
const maxBytes = 65_536;

/**
 * Reads an issuer's keys over HTTP: no redirects, as only the address of the configuration is trusted; no more than
 * 64 KB; no longer than `deadlineMilliseconds`.
 *
 * @throws Error that names what went wrong and repeats nothing of the answer.
 */
export async function fetchIssuerKeys(url: string, deadlineMilliseconds = 2_000): Promise<unknown> {
  const response = await fetch(url, {
    redirect: 'error',
    headers: { Accept: 'application/json' },
    signal: AbortSignal.timeout(deadlineMilliseconds),
  });
  if (!response.ok) throw new Error(`The issuer's keys were answered with ${response.status}.`);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw new Error("The issuer's keys are too long.");
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}
