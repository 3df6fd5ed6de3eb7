import { englishIssues } from '../issues/english-issues.ts';
import { type Pack, type PackFile, packSchema } from './pack-schema.ts';

/** A pack file that extends a pack which is not there, or itself. */
export class UnresolvedPack extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UnresolvedPack';
  }
}

/** Finds the file of a pack's version; null when there is none. */
export type FindPackFile = (policy: string, version: string) => PackFile | null;

/**
 * Applies `extends`: what a file leaves out it takes from the pack it extends. Maps are joined by key and the file's
 * own entry wins; a service of `null` is taken out. Throws {@link UnresolvedPack} for a parent that is not there and
 * for a circle, and ZodError when what comes out is no pack.
 */
export function resolvePack(file: PackFile, find: FindPackFile): Pack {
  const { extends: _parent, ...own } = joined(file, find, []);
  const services = Object.entries(own.services).filter(([, service]) => service !== null);
  return packSchema.parse(
    {
      ...own,
      parameters: own.parameters ?? {},
      areas: own.areas ?? {},
      services: Object.fromEntries(services),
    },
    englishIssues,
  );
}

function joined(file: PackFile, find: FindPackFile, path: readonly string[]): PackFile {
  const name = `${file.policy}/${file.version}`;
  if (path.includes(name)) throw new UnresolvedPack(`extends itself: ${[...path, name].join(' -> ')}`);
  if (file.extends === undefined) return file;
  const { policy, version } = file.extends;
  const parentFile = find(policy, version);
  if (parentFile === null) throw new UnresolvedPack(`extends ${policy}/${version}, which is not there`);
  const parent = joined(parentFile, find, [...path, name]);
  return {
    ...file,
    parameters: { ...parent.parameters, ...file.parameters },
    areas: {
      sets: { ...parent.areas?.sets, ...file.areas?.sets },
      units: { ...parent.areas?.units, ...file.areas?.units },
    },
    sources: { ...parent.sources, ...file.sources },
    conditions: { ...parent.conditions, ...file.conditions },
    routes: { ...parent.routes, ...file.routes },
    services: { ...parent.services, ...file.services },
  };
}
