import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import packageJson from '../../package.json' with { type: 'json' };
import { softwareBill } from '../software-bill.ts';
import { runWithoutOptions } from './run-without-options.ts';

const does = 'Writes the bill of materials (CycloneDX) of this version into dist/. It needs no network.';

await runWithoutOptions('sbom', does, () => {
  const root = new URL('../../', import.meta.url);
  const file = new URL(`dist/sbom-${packageJson.version}.cdx.json`, root);
  const bill = softwareBill(fileURLToPath(root));
  mkdirSync(new URL('.', file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(bill, null, 2)}\n`);
  console.log(`${fileURLToPath(file)}: ${bill.components.length} packages`);
});
