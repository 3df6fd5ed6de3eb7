import { writeFileSync } from 'node:fs';
import packageJson from '../../package.json' with { type: 'json' };
import { openApiDocument } from '../openapi/document.ts';
import { runWithoutOptions } from './run-without-options.ts';

const does = 'Writes openapi.json, the description of the API, from its contract.';

await runWithoutOptions('openapi', does, async () => {
  const file = new URL('../../openapi.json', import.meta.url);
  writeFileSync(file, `${JSON.stringify(await openApiDocument(packageJson.version), null, 2)}\n`);
});
