import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { childEnvironment } from './child-environment.ts';

const startFile = fileURLToPath(new URL('../../infra/local/start.ts', import.meta.url));

/** What `npm start` runs, started by a test. */
export interface StartedPlatform {
  readonly child: ChildProcess;
  readonly exitCode: Promise<number | null>;
  /** All it printed so far. */
  output(): string;
  /** The address it prints when it is ready; fails with what it printed when it stops instead. */
  address(): Promise<string>;
  /** The endpoint of the database it says it uses. */
  database(): string;
  /** Asks it to stop, as Ctrl-C does, and gives its exit code. */
  stop(): Promise<number | null>;
}

/** A folder with data and policies of its own to start the platform in. */
export class PlatformFolder {
  readonly path: string;
  readonly #started: StartedPlatform[] = [];

  private constructor(path: string) {
    this.path = path;
  }

  static async create(): Promise<PlatformFolder> {
    return new PlatformFolder(await mkdtemp(join(tmpdir(), 'local-platform-')));
  }

  get policies(): string {
    return join(this.path, 'policies');
  }

  /** Starts the platform on a free port, on this folder's data and policies. */
  start(environment: Record<string, string> = {}, ...options: string[]): StartedPlatform {
    const folders = ['--data', join(this.path, 'data'), '--policies', this.policies];
    const child = spawn(process.execPath, [startFile, ...folders, ...options], {
      cwd: this.path,
      env: {
        ...childEnvironment(),
        PORT: '0',
        NO_COLOR: '1',
        DEFAULT_POLICY: 'sample-city',
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const platform = observed(child);
    this.#started.push(platform);
    return platform;
  }

  /** Ends what was started here and removes the folder. */
  async remove(): Promise<void> {
    for (const { child, exitCode } of this.#started) {
      child.kill('SIGKILL');
      await exitCode;
    }
    // The guard ends a killed platform's database a moment later, which may still write its journal.
    await rm(this.path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

function observed(child: ChildProcess): StartedPlatform {
  let output = '';
  let stopped = false;
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk) => {
      output += chunk;
    });
  }
  const exitCode = new Promise<number | null>((resolve) => {
    child.once('close', (code) => {
      stopped = true;
      resolve(code);
    });
  });
  return {
    child,
    exitCode,
    output: () => output,
    database: () => /database +(http:\S+)/.exec(output)?.[1] ?? 'http://127.0.0.1:1',
    async address() {
      for (;;) {
        const found = /ready +(http:\S+)/.exec(output)?.[1];
        if (found !== undefined && output.includes('Ctrl-C')) return found;
        if (stopped) throw new Error(`The platform stopped: ${output}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    stop() {
      child.kill('SIGTERM');
      return exitCode;
    },
  };
}
