import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** A client that counts calls by command, and cuts the connection when it is told to. */
export interface FaultyClient {
  readonly client: DynamoDBDocumentClient;
  /** Names of the commands sent since the last `reset`, in order. */
  readonly sent: string[];
  /** Cuts the next call: `before` it reaches the table, or `after`, so that only its answer is lost. */
  cutNext: 'before' | 'after' | null;
  reset(): void;
}

export function faultyClient(real: DynamoDBDocumentClient): FaultyClient {
  const sent: string[] = [];
  const faulty: FaultyClient = {
    sent,
    cutNext: null,
    reset() {
      sent.length = 0;
    },
    client: Object.create(real, {
      send: {
        value: async (command: object, ...rest: unknown[]) => {
          sent.push(command.constructor.name);
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
