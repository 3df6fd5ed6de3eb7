import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** A client that counts its calls, and fails at one of them. */
export interface CutClient {
  readonly client: DynamoDBDocumentClient;
  /** The names of the commands sent, in order. */
  readonly calls: string[];
}

/**
 * `client`, failing at call number `at` (the first is 1) before it is sent, or after it has been answered: the effect is
 * there, and whoever sent it does not know. Absent: counts only. Everything after the cut fails too, as in a process
 * that is gone.
 */
export function cutClient(
  client: DynamoDBDocumentClient,
  cut?: { readonly at: number; readonly when: 'before' | 'after' },
): CutClient {
  const calls: string[] = [];
  const send = async (command: { readonly constructor: { readonly name: string } }, options?: unknown) => {
    calls.push(command.constructor.name);
    const isCut = cut !== undefined && calls.length >= cut.at;
    if (isCut && (cut.when === 'before' || calls.length > cut.at)) throw new CutOff();
    const answer = (client.send as (...given: unknown[]) => Promise<unknown>)(command, options);
    if (!isCut) return answer;
    // Whatever it was, nobody hears of it.
    await answer.catch(() => {});
    throw new CutOff();
  };
  return { client: Object.assign(Object.create(client), { send }) as DynamoDBDocumentClient, calls };
}

export class CutOff extends Error {
  override readonly name = 'CutOff';
}
