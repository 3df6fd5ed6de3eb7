import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Outcome, startRuntimeApi } from './runtime-api.ts';

/** How a process runs a function: `node <script>`, with what Lambda sets. */
export interface LambdaRuntime {
  readonly name: string;
  /** The script that asks the Runtime API for events. */
  readonly script: string;
}

/** An execution environment of Lambda: one process of one function. */
export interface FunctionProcess {
  /** From the start of the process until it asked for its first event. */
  readonly initMilliseconds: number;
  /** @throws Error when the process ends instead. */
  invoke(event: unknown): Promise<Outcome>;
  /** As Lambda freezes an environment between invocations. */
  freeze(): void;
  thaw(): void;
  /** All it printed so far. */
  output(): string;
  stop(): Promise<void>;
}

/**
 * Starts a function as Lambda does: its bundle alone, the environment that is given and nothing else.
 *
 * @throws Error with what the function said, when it cannot start.
 */
export async function startFunction(
  runtime: LambdaRuntime,
  directory: string,
  environment: Readonly<Record<string, string>>,
): Promise<FunctionProcess> {
  const api = await startRuntimeApi();
  const startedAt = performance.now();
  const child = spawn(process.execPath, [runtime.script], {
    cwd: directory,
    env: {
      AWS_LAMBDA_RUNTIME_API: api.address,
      LAMBDA_TASK_ROOT: directory,
      _HANDLER: 'handler.handler',
      AWS_LAMBDA_FUNCTION_NAME: 'test',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '1024',
      AWS_LAMBDA_LOG_GROUP_NAME: 'test',
      AWS_LAMBDA_LOG_STREAM_NAME: 'test',
      AWS_LAMBDA_LOG_FORMAT: 'JSON',
      // As the deployment sets it.
      NODE_OPTIONS: '--enable-source-maps',
      TZ: ':UTC',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  }
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`The function ended with ${code}: ${printed}`);
  });
  ended.catch(() => {});
  const stop = async () => {
    child.kill('SIGKILL');
    await ended.catch(() => {});
    api.stop();
  };
  try {
    await Promise.race([api.started, ended]);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    initMilliseconds: performance.now() - startedAt,
    invoke: (event) => Promise.race([api.invoke(event), ended]),
    freeze: () => child.kill('SIGSTOP'),
    thaw: () => child.kill('SIGCONT'),
    output: () => printed,
    stop,
  };
}
