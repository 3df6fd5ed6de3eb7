import { writeFileSync } from 'node:fs';
import packageJson from '../../package.json' with { type: 'json' };
import { openApiDocument } from '../openapi/document.ts';

/** `npm run openapi`: writes the description of the API from its contract. */
const file = new URL('../../openapi.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(await openApiDocument(packageJson.version), null, 2)}\n`);
