import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { builtOnce } from '../../../infra/bundle/bundle-cache.ts';

let folder: string;
let built: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bundle-cache-'));
  built = [];
});
afterEach(() => rm(folder, { recursive: true }));

/** Asks for a function whose bundle is made of these files, and says what it got and where from. */
async function bundleOf(name: string, packs: string, inputs: readonly string[]): Promise<string> {
  const into = join(folder, 'wanted');
  const replaced = { path: 'functions/deployed-packs.ts', by: packs };
  const make = async (directory: string) => {
    built.push(`${name} ${packs}`);
    await mkdir(directory, { recursive: true });
    await writeFile(join(directory, 'handler.mjs'), `${name} ${packs}`);
    return { description: name, inputs };
  };
  expect(await builtOnce({ name, replaced }, into, make, join(folder, 'cache'))).toBe(name);
  return readFile(join(into, 'handler.mjs'), 'utf8');
}

describe('a bundle that was built before', () => {
  const withPacks = ['functions/stream/handler.ts', 'functions/deployed-packs.ts'];
  const withoutPacks = ['functions/stream/handler.ts'];

  it('is taken for the same packs only, where it has packs', async () => {
    expect(await bundleOf('one', 'a', withPacks)).toBe('one a');
    expect(await bundleOf('one', 'b', withPacks)).toBe('one b');
    expect(await bundleOf('one', 'a', withPacks)).toBe('one a');
    expect(built).toEqual(['one a', 'one b']);
  });

  it('is taken for any packs, where it has none', async () => {
    expect(await bundleOf('one', 'a', withoutPacks)).toBe('one a');
    expect(await bundleOf('one', 'b', withoutPacks)).toBe('one a');
    expect(await bundleOf('two', 'b', withoutPacks)).toBe('two b');
    expect(built).toEqual(['one a', 'two b']);
  });

  it('is built anew when a file it was made of is another', async () => {
    const file = 'functions/there-was-none.ts';
    await bundleOf('one', 'a', [...withoutPacks, file]);
    const cache = join(folder, 'cache');
    const [place = ''] = await readdir(cache);
    const record = join(cache, place, 'build.json');
    const build = await readFile(record, 'utf8');
    await writeFile(record, build.replace(`"${file}":"absent"`, `"${file}":"another"`));
    expect(await bundleOf('one', 'a', withoutPacks)).toBe('one a');
    expect(built).toEqual(['one a', 'one a']);
  });
});
