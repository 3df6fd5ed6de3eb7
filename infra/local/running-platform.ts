import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';

const runningSchema = z.strictObject({
  pid: z.int().check(z.positive()),
  address: z.url(),
  databaseEndpoint: z.url(),
});

/** What a started platform tells the commands beside it: where it answers and where its database is. */
export type RunningPlatform = z.infer<typeof runningSchema>;

const fileIn = (dataDirectory: string) => join(dataDirectory, 'running.json');

export function announcePlatform(dataDirectory: string, platform: RunningPlatform): void {
  writeFileSync(fileIn(dataDirectory), JSON.stringify(platform));
}

export function withdrawPlatform(dataDirectory: string): void {
  rmSync(fileIn(dataDirectory), { force: true });
}

/** The platform that runs on this folder; null where none does, also when one was killed and left its word behind. */
export function runningPlatform(dataDirectory: string): RunningPlatform | null {
  try {
    const platform = runningSchema.parse(JSON.parse(readFileSync(fileIn(dataDirectory), 'utf8')));
    // Signal 0 only asks whether there is such a process.
    process.kill(platform.pid, 0);
    return platform;
  } catch {
    return null;
  }
}
