import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { csvMapping } from '../../../functions/import/csv-mapping.ts';
import { beginning, CheckpointFile } from '../../../infra/cli/import/checkpoint.ts';
import { RejectionReport } from '../../../infra/cli/import/rejection-report.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'import-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const identity = { file: '/a', bytes: 10, modifiedAt: 5, source: 's', mapping: null, database: 'd' };
const rejected = (line: number) => ({ line, eventId: null, errors: [] });

describe('a checkpoint', () => {
  it('is read back by the same import, and by no other', async () => {
    const checkpoint = {
      ...beginning,
      line: 7,
      lines: 6,
      eventless: { count: 2, first: [3, 4] },
      reportBytes: 3,
    };
    await new CheckpointFile(directory, identity).write(checkpoint);
    expect(await new CheckpointFile(directory, identity).read()).toEqual(checkpoint);
    for (const other of [
      { file: '/b' },
      { bytes: 11 },
      { modifiedAt: 6 },
      { source: 't' },
      { mapping: csvMapping.parse({ events: [{ event: { type: 'x' } }] }) },
      { database: 'e' },
    ]) {
      expect(await new CheckpointFile(directory, { ...identity, ...other }).read()).toBeNull();
    }
  });

  it('is none where it was removed or cannot be read', async () => {
    const file = new CheckpointFile(directory, identity);
    await file.write(beginning);
    await file.remove();
    expect(await file.read()).toBeNull();
  });
});

describe('the report of rejected lines', () => {
  it('goes on where the checkpoint left it, without what was written after', async () => {
    const path = join(directory, 'r.ndjson');
    const first = new RejectionReport(path, 0);
    await first.add([rejected(1)]);
    const { bytes } = first;
    await first.add([rejected(2)]);
    await first.close();
    const again = new RejectionReport(path, bytes);
    await again.add([rejected(2)]);
    await again.add([rejected(3)]);
    await again.close();
    const lines = readFileSync(path, 'utf8').trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).line)).toEqual([1, 2, 3]);
  });

  it('begins anew over what an older import left', async () => {
    const path = join(directory, 'r.ndjson');
    writeFileSync(path, 'something much longer than what comes now, from another import\n'.repeat(9));
    const report = new RejectionReport(path, 0);
    await report.add([rejected(1)]);
    await report.close();
    expect(readFileSync(path, 'utf8')).toBe(`${JSON.stringify(rejected(1))}\n`);
  });
});
