import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { bundleFunctions } from '../bundling.ts';

/** `npm run build`: bundles every function into dist/ and prints what Lambda will have to load. */
for (const { file, bytes } of await bundleFunctions()) {
  const zipped = gzipSync(await readFile(file)).length;
  console.log(`${relative(process.cwd(), file)}  ${kilobytes(bytes)}, ${kilobytes(zipped)} compressed`);
}

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1024)} KB`;
}
