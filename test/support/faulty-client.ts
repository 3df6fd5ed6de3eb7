import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

export type Cut = 'before' | 'after';

/** A client that counts calls by command, and cuts the connection when it is told to. */
export interface FaultyClient {
  readonly client: DynamoDBDocumentClient;
  /** Names of the commands sent since the last `reset`, in order. */
  readonly sent: string[];
  /** Cuts the next call: `before` it reaches the table, or `after`, so that only its answer is lost. */
  cutNext: Cut | null;
  /** Cuts the call that so many others come before. */
  cutAfter(calls: number, cut: Cut): void;
  reset(): void;
}

export function faultyClient(real: DynamoDBDocumentClient): FaultyClient {
  const sent: string[] = [];
  let passing = 0;
  let later: Cut | null = null;
  const faulty: FaultyClient = {
    sent,
    cutNext: null,
    cutAfter(calls, cut) {
      passing = calls;
      later = cut;
    },
    reset() {
      sent.length = 0;
    },
    client: Object.create(real, {
      send: {
        value: async (command: object, ...rest: unknown[]) => {
          sent.push(command.constructor.name);
          if (later !== null && passing-- === 0) [faulty.cutNext, later] = [later, null];
          const cut = faulty.cutNext;
          faulty.cutNext = null;
          if (cut === 'before') throw cutError();
          const answer = await (real.send as (...all: unknown[]) => Promise<unknown>)(command, ...rest);
          if (cut === 'after') throw cutError();
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
