import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** What knip finds in a folder by the configuration of this repository. */
function unusedIn(folder: string): { readonly status: number | null; readonly found: string } {
  const knip = join(root, 'node_modules/.bin/knip');
  const { status, stdout, stderr } = spawnSync(knip, ['--no-progress', '--no-config-hints'], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, found: stdout + stderr };
}

describe('unused code', { timeout: 60_000 }, () => {
  it('is not here: no file, export or dependency that nothing uses, and none that is used and not named', () => {
    expect(unusedIn(root)).toEqual({ status: 0, found: '' });
  });

  it('would be found', () => {
    const folder = mkdtempSync(join(tmpdir(), 'unused-'));
    try {
      const write = (file: string, text: string) => {
        mkdirSync(join(folder, file, '..'), { recursive: true });
        writeFileSync(join(folder, file), text);
      };
      cpSync(join(root, 'knip.jsonc'), join(folder, 'knip.jsonc'));
      write(
        'package.json',
        '{ "name": "sample", "type": "module", "dependencies": { "left-over": "1.0.0" } }',
      );
      write(
        'functions/one/handler.ts',
        "import { used } from '../../shared/some.ts';\nimport 'unlisted';\nexport const handler = used;\n",
      );
      write('shared/some.ts', 'export const used = 1;\nexport const unusedName = 2;\n');
      write('shared/lonely.ts', 'export const nobody = 1;\n');
      const { status, found } = unusedIn(folder);
      expect(status).toBe(1);
      for (const name of ['left-over', 'unlisted', 'unusedName', 'shared/lonely.ts']) {
        expect(found).toContain(name);
      }
      expect(found).not.toMatch(/\bused\b/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
