import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { excessOf, isPublic, sizeLimits } from '../../infra/bundle/size-limits.ts';
import {
  bundleFunctions,
  bundleFunctionsOnce,
  type FunctionBundle,
  functionNames,
} from '../../infra/bundling.ts';
import { CopiedSources, hashesOf } from '../support/copied-sources.ts';

const names = await functionNames();
const folders = [1, 2].map(() => mkdtempSync(join(tmpdir(), 'bundles-')));
let bundles: FunctionBundle[];

beforeAll(async () => {
  bundles = await bundleFunctionsOnce(folders[0]!);
}, 120_000);
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});
const bundleOf = (name: string) => bundles.find((bundle) => bundle.name === name)!;

describe('what a function loads at its start', () => {
  it.each(names)('is within the limit: %s', (name) => {
    expect(excessOf(bundleOf(name))).toBeNull();
  });

  it.each(['eligibility', 'policies'])('is nothing of the AWS SDK where all may call: %s', (name) => {
    expect(isPublic(name)).toBe(true);
    const packages = bundleOf(name).weights.map(({ of }) => of);
    expect(packages).toContain('zod');
    expect(packages.filter((of) => /^@(aws-sdk|smithy)\//.test(of))).toEqual([]);
  });

  it('is all that its files say: what they weigh together, and no file that is not there', () => {
    for (const { directory, bytes, totalBytes, weights } of bundles) {
      const modules = readdirSync(directory).filter((file) => file.endsWith('.mjs'));
      const sizes = modules.map((file) => readFileSync(join(directory, file)).length);
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(totalBytes);
      expect(bytes).toBeLessThanOrEqual(totalBytes);
      const weighed = weights.reduce((sum, weight) => sum + weight.bytes, 0);
      expect(weighed / bytes).toBeGreaterThan(0.95);
    }
  });

  it.each([
    ['eligibility', sizeLimits.public],
    ['counter', sizeLimits.other],
  ])('of %s may be %i bytes and no more, and what weighs most is named', (name, limit) => {
    const bundle = { ...bundleOf(name), bytes: limit };
    expect(excessOf(bundle)).toBeNull();
    expect(excessOf({ ...bundle, bytes: limit + 1 })).toMatch(new RegExp(`^${name} loads .*: .*zod \\d+ KB`));
  });
});

describe('a bundle', () => {
  it('is the same to the byte in another folder, built anew and alone, where an older build lies, with its maps', async () => {
    const [here, there] = folders as [string, string];
    const name = 'policies';
    await bundleFunctions(there, [name], []);
    await bundleFunctions(there, [name]);
    const hashes = hashesOf(join(there, name));
    expect(hashes).toEqual(hashesOf(join(here, name)));
    expect(Object.keys(hashes)).toEqual(expect.arrayContaining(['handler.mjs', 'handler.mjs.map']));
  }, 60_000);

  it('is the same to the byte when it is built of a copy of the sources', async () => {
    const copy = new CopiedSources();
    try {
      const name = 'policies';
      expect(hashesOf(join(copy.build([name]), name))).toEqual(hashesOf(join(folders[0]!, name)));
    } finally {
      copy.remove();
    }
  }, 60_000);
});
