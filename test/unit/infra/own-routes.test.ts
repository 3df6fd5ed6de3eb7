import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, describe, expect, it } from 'vitest';
import { ownRoutes } from '../../../infra/bundle/own-routes.ts';
import { withoutDocuments } from '../../../infra/bundle/without-documents.ts';
import { bundleOptions } from '../../../infra/bundling.ts';
import type { Route } from '../../../shared/contract/route.ts';
import { routes } from '../../../shared/contract/routes.ts';

const folder = mkdtempSync(join(tmpdir(), 'own-routes-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The route table as it stands in the bundle of a function. */
async function tableOf(functionName: string): Promise<readonly Route[]> {
  const outfile = join(folder, `${functionName}.mjs`);
  await build({
    ...bundleOptions,
    splitting: false,
    minify: false,
    sourcemap: false,
    mainFields: [...bundleOptions.mainFields],
    entryPoints: ['shared/contract/routes.ts'],
    outfile,
    plugins: [ownRoutes(functionName), withoutDocuments],
  });
  return (await import(pathToFileURL(outfile).href)).routes;
}

/** All of a route that says how it works; schemas by where they stand. */
function working({ summary, description, responses, request, ...route }: Route) {
  return {
    ...route,
    request: Object.keys(request),
    idempotencyKey: request.idempotencyKey,
    caching: Object.entries(responses).map(([status, { caching }]) => [status, caching]),
  };
}

const serving = [...new Set(routes.map((route) => route.function))];

describe('the routes in a bundle', { timeout: 60_000 }, () => {
  it.each(serving)('are those of %s, complete but for what documents tell', async (name) => {
    const own = (await tableOf(name)).filter((route) => route.function === name);
    expect(own.map(working)).toEqual(routes.filter((route) => route.function === name).map(working));
    const documents = own.flatMap(({ summary, description, responses }) => [
      summary,
      description,
      ...Object.values(responses).map((response) => response.schema ?? response.description),
    ]);
    expect(new Set(documents)).toEqual(new Set(['']));
  });

  it('are all of them in a function that serves none', async () => {
    expect((await tableOf('authorizer')).map(working)).toEqual(routes.map(working));
  });

  it('are not those of others, where a file has none of its own', async () => {
    const operations = (await tableOf('eligibility')).map(({ operationId }) => operationId);
    expect(operations).toEqual(['createEvaluation']);
  });
});
