import { pathToFileURL } from 'node:url';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';

export type FunctionHandler<Event, Result> = (event: Event, context: Context) => Promise<Result>;

/** One loaded copy of a bundle. Like an execution environment of Lambda, it has one event at a time. */
interface Instance<Event, Result> {
  readonly handler: FunctionHandler<Event, Result>;
}

const maxInstances = 8;

/** Runs a bundled function in this process, each event alone in an instance of its own, as Lambda does. */
export class FunctionInstances<Event = APIGatewayProxyEvent, Result = APIGatewayProxyResult> {
  readonly #name: string;
  readonly #bundleFile: string;
  readonly #idle: Instance<Event, Result>[] = [];
  readonly #waiting: ((instance: Instance<Event, Result>) => void)[] = [];
  #loaded = 0;

  /** @param bundleFile the module that exports `handler`, an absolute path. */
  constructor(name: string, bundleFile: string) {
    this.#name = name;
    this.#bundleFile = bundleFile;
  }

  /** Loads one instance, so that a function that cannot start is found out before the first request. */
  async warmUp(): Promise<void> {
    this.#release(await this.#acquire());
  }

  /**
   * @param timeoutMilliseconds what the function is told it has left.
   * @throws whatever the handler throws.
   */
  async invoke(event: Event, requestId: string, timeoutMilliseconds: number): Promise<Result> {
    const instance = await this.#acquire();
    try {
      return await instance.handler(event, lambdaContext(this.#name, requestId, timeoutMilliseconds));
    } finally {
      this.#release(instance);
    }
  }

  async #acquire(): Promise<Instance<Event, Result>> {
    const idle = this.#idle.pop();
    if (idle !== undefined) return idle;
    if (this.#loaded < maxInstances) return this.#load();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  async #load(): Promise<Instance<Event, Result>> {
    this.#loaded++;
    try {
      // The query makes Node load the module once more instead of handing out the one it has.
      const url = `${pathToFileURL(this.#bundleFile).href}?instance=${this.#loaded}`;
      const { handler } = (await import(url)) as { handler: FunctionHandler<Event, Result> };
      return { handler };
    } catch (error) {
      this.#loaded--;
      throw error;
    }
  }

  #release(instance: Instance<Event, Result>): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#idle.push(instance);
    else next(instance);
  }
}

/** What Lambda tells a function of the invocation it is in. */
export function lambdaContext(
  functionName: string,
  awsRequestId: string,
  timeoutMilliseconds: number,
): Context {
  const deadline = performance.now() + timeoutMilliseconds;
  return {
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: functionName,
    memoryLimitInMB: '1024',
    awsRequestId,
    logGroupName: functionName,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => Math.max(0, deadline - performance.now()),
    done() {},
    fail() {},
    succeed() {},
  };
}
