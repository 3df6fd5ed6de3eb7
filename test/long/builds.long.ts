import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleFunctions, functionNames } from '../../infra/bundling.ts';
import { stages } from '../../infra/config/stages.ts';
import { CopiedSources, hashesOf } from '../support/copied-sources.ts';

// These build all functions several times.
const patience = { timeout: 600_000 };
const root = fileURLToPath(new URL('../../', import.meta.url));
const names = await functionNames();
const folder = mkdtempSync(join(tmpdir(), 'builds-'));
let copy: CopiedSources;

beforeAll(() => {
  copy = new CopiedSources();
});
afterAll(() => {
  copy.remove();
  rmSync(folder, { recursive: true });
});

describe('all bundles', patience, () => {
  it('are the same to the byte, maps included, built in two folders of two copies of the sources', async () => {
    const here = join(folder, 'bundles');
    await bundleFunctions(here);
    const hashes = hashesOf(here);
    expect(Object.keys(hashes).length).toBeGreaterThanOrEqual(2 * names.length);
    expect(hashesOf(copy.build(names))).toEqual(hashes);
  });
});

describe.each(Object.keys(stages))('what is deployed of %s', patience, (stage) => {
  /** As `cdk synth` runs the app, with nothing of an account, and gives all that it wrote. */
  function synthesise(sources: string, output: string): Record<string, string> {
    const { context } = JSON.parse(readFileSync(join(sources, 'cdk.json'), 'utf8'));
    execFileSync(process.execPath, ['infra/app.ts'], {
      cwd: sources,
      stdio: 'pipe',
      env: {
        CDK_OUTDIR: output,
        CDK_CONTEXT_JSON: JSON.stringify({ ...context, stage }),
        CDK_VALIDATION: 'false',
      },
    });
    const written = Object.entries(hashesOf(output));
    // What CDK knows of its constructs for people to look at, and no deployment reads, names lines of the sources.
    return Object.fromEntries(written.filter(([path]) => !/^(tree|.*\.metadata)\.json$/.test(path)));
  }

  it('is the same to the byte when it is synthesised again, elsewhere, of a copy: a diff has nothing to show', () => {
    const first = synthesise(root, join(folder, stage));
    expect(Object.keys(first).filter((path) => path.endsWith('.template.json'))).toHaveLength(4);
    expect(Object.keys(first).filter((path) => /^asset\..*handler\.mjs\.map$/.test(path))).toHaveLength(
      names.length,
    );
    expect(synthesise(copy.directory, join(folder, 'a/longer/way', stage))).toEqual(first);
  });
});
