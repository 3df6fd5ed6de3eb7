import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  announcePlatform,
  runningPlatform,
  withdrawPlatform,
} from '../../../../infra/local/running-platform.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'platform-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const platform = (pid: number) => ({
  pid,
  address: 'http://127.0.0.1:3000',
  databaseEndpoint: 'http://127.0.0.1:8000',
});

describe('the platform that runs on a folder', () => {
  it('is found while it runs, and not after it stopped', () => {
    expect(runningPlatform(directory)).toBeNull();
    announcePlatform(directory, platform(process.pid));
    expect(runningPlatform(directory)).toEqual(platform(process.pid));
    withdrawPlatform(directory);
    expect(runningPlatform(directory)).toBeNull();
  });

  it('is none where its process was killed and could not take its word back', () => {
    const { pid } = spawnSync(process.execPath, ['--eval', '']);
    announcePlatform(directory, platform(pid));
    expect(runningPlatform(directory)).toBeNull();
  });
});
