import { relative } from 'node:path';
import { excessOf, inKilobytes } from '../bundle/size-limits.ts';
import { bundleFunctions } from '../bundling.ts';
import { runWithoutOptions } from './run-without-options.ts';

const does = 'Bundles every function into dist/ and prints what Lambda will have to load.';

await runWithoutOptions('build', does, async () => {
  for (const bundle of await bundleFunctions()) {
    const { file, bytes, totalBytes } = bundle;
    console.log(
      `${relative(process.cwd(), file)}  ${inKilobytes(bytes)} at the start, ${inKilobytes(totalBytes)} in all`,
    );
    const excess = excessOf(bundle);
    if (excess !== null) console.warn(`  ${excess}`);
  }
});
