import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';
import type { Route } from '../../shared/contract/route.ts';

const routeTable = /[\\/]shared[\\/]contract[\\/]routes\.ts$/;

const importOfRoutes = /^import \{ (\w+) \} from '(\.\/routes\/[\w-]+\.ts)';\n/gm;
const listInTable = /^ {2}\.\.\.(\w+),\n/gm;

/**
 * Gives a function the files of the route table that have a route of its own, and leaves out the others with their
 * schemas: it looks for its own routes only. A function that serves none (the authorizer) gets the whole table.
 */
export function ownRoutes(functionName: string): Plugin {
  return {
    name: 'own-routes',
    setup(build) {
      build.onLoad({ filter: routeTable }, async ({ path }) => {
        const table = await readFile(path, 'utf8');
        return { contents: withoutOthers(table, await filesOf(table, functionName)), loader: 'ts' };
      });
    },
  };
}

interface RouteFile {
  /** The name of the list of routes that the file exports. */
  readonly list: string;
  readonly importStatement: string;
  readonly isOwn: boolean;
}

async function filesOf(table: string, functionName: string): Promise<RouteFile[]> {
  return Promise.all(
    [...table.matchAll(importOfRoutes)].map(async ([importStatement, list = '', file = '']) => {
      const { href } = new URL(`../../shared/contract/${file}`, import.meta.url);
      const module: Record<string, readonly Route[]> = await import(href);
      const isOwn = module[list]!.some((route) => route.function === functionName);
      return { list, importStatement, isOwn };
    }),
  );
}

/** @throws Error when the table is not written as it is read here: a list too few would be routes that are not found. */
function withoutOthers(table: string, files: readonly RouteFile[]): string {
  const lists = [...table.matchAll(listInTable)].map(([, list]) => list);
  if (
    lists.length === 0 ||
    lists.toSorted().join() !==
      files
        .map(({ list }) => list)
        .toSorted()
        .join()
  ) {
    throw new Error(
      'shared/contract/routes.ts is not the list of the files under routes/ that bundles are cut by.',
    );
  }
  if (!files.some(({ isOwn }) => isOwn)) return table;
  return files
    .filter(({ isOwn }) => !isOwn)
    .reduce(
      (text, { list, importStatement }) => text.replace(importStatement, '').replace(`  ...${list},\n`, ''),
      table,
    );
}
