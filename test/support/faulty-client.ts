import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

export type Cut = 'before' | 'after';

/** A client that counts calls by command, and cuts the connection when it is told to. */
export interface FaultyClient {
  readonly client: DynamoDBDocumentClient;
  /** Names of the commands sent since the last `reset`, in order. */
  readonly sent: string[];
  /** Cuts the next call: `before` it reaches the table, or `after`, so that only its answer is lost. */
  cutNext: Cut | null;
  /** What was cut last since the last `reset`; null: nothing. */
  lastCut: { readonly command: string; readonly cut: Cut } | null;
  /** Cuts the call that so many others come before. */
  cutAfter(calls: number, cut: Cut): void;
  /** Forgets what was sent and cut, and what was to be cut. */
  reset(): void;
}

export function faultyClient(real: DynamoDBDocumentClient): FaultyClient {
  const sent: string[] = [];
  let passing = 0;
  let later: Cut | null = null;
  const faulty: FaultyClient = {
    sent,
    cutNext: null,
    lastCut: null,
    cutAfter(calls, cut) {
      passing = calls;
      later = cut;
    },
    reset() {
      sent.length = 0;
      faulty.cutNext = null;
      faulty.lastCut = null;
      later = null;
    },
    client: Object.create(real, {
      send: {
        value: async (command: object, ...rest: unknown[]) => {
          sent.push(command.constructor.name);
          if (later !== null && passing-- === 0) [faulty.cutNext, later] = [later, null];
          const cut = faulty.cutNext;
          faulty.cutNext = null;
          const cutNow = (how: Cut) => {
            faulty.lastCut = { command: command.constructor.name, cut: how };
            return cutError();
          };
          if (cut === 'before') throw cutNow(cut);
          const answer = await (real.send as (...all: unknown[]) => Promise<unknown>)(command, ...rest);
          if (cut === 'after') throw cutNow(cut);
          return answer;
        },
      },
    }),
  };
  return faulty;
}

function cutError(): Error {
  return Object.assign(new Error('cut'), { name: 'TimeoutError' });
}
