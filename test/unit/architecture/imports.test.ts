import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Who may know whom: each folder with the folders and packages it may import. The arrows only point down. */
const LAYERS: Record<string, { folders: string[]; packages: RegExp }> = {
  'shared/contract': { folders: ['shared/contract'], packages: /^zod\/mini$/ },
  'shared/domain/calendar': { folders: ['shared/domain/calendar'], packages: /^$/ },
  'shared/domain/residence': {
    folders: ['shared/domain/residence', 'shared/domain/calendar', 'shared/domain/resident'],
    packages: /^$/,
  },
  'shared/domain/insurance': {
    folders: ['shared/domain/insurance', 'shared/domain/calendar'],
    packages: /^$/,
  },
  'shared/domain/resident': {
    folders: [
      'shared/domain/resident',
      'shared/domain/residence',
      'shared/domain/insurance',
      'shared/domain/calendar',
    ],
    packages: /^$/,
  },
  'shared/domain/digests': { folders: ['shared/domain/digests'], packages: /^node:crypto$/ },
  'shared/domain/ids': { folders: ['shared/domain/ids'], packages: /^node:crypto$/ },
  'shared/domain/identity': {
    folders: ['shared/domain/identity', 'shared/domain/calendar'],
    packages: /^$/,
  },
  'shared/domain/issues': { folders: ['shared/domain/issues'], packages: /^zod\/(mini|locales)$/ },
  'shared/domain/policy': { folders: ['shared/domain'], packages: /^(zod\/mini|node:crypto)$/ },
  // What bureaus may send is described once, and stored as it was sent: hence the schemas of the contract.
  'shared/domain/register': {
    folders: [
      'shared/domain/digests',
      'shared/domain/register',
      'shared/domain/identity',
      'shared/domain/resident',
      'shared/domain/insurance',
      'shared/domain/calendar',
      'shared/contract/registry',
      'shared/contract/resident',
      'shared/contract/values.ts',
    ],
    packages: /^zod\/mini$/,
  },
  // What was agreed with a third party is kept as operators send it.
  'shared/domain/partners': {
    folders: ['shared/domain/partners', 'shared/contract/partner'],
    packages: /^zod\/mini$/,
  },
  'shared/domain/consents': {
    folders: [
      'shared/domain/consents',
      'shared/domain/ids',
      'shared/domain/partners',
      'shared/domain/register',
      'shared/contract/partner',
    ],
    packages: /^node:crypto$/,
  },
  'shared/json': { folders: ['shared/json', 'shared/contract'], packages: /^$/ },
  'shared/caching': { folders: ['shared/caching'], packages: /^$/ },
  'shared/resilience': { folders: ['shared/resilience'], packages: /^@smithy\/core\/retry$/ },
  // A credential becomes a caller with scopes, which the contract describes.
  // A decision keeps what went over the wire, and is described by the same schemas.
  'shared/domain/decisions': {
    folders: ['shared/domain', 'shared/contract'],
    packages: /^(zod\/mini|node:crypto)$/,
  },
  'shared/domain/audit': {
    folders: ['shared/domain/audit', 'shared/domain/digests'],
    packages: /^(zod\/mini|node:crypto)$/,
  },
  'shared/security': {
    folders: [
      'shared/security',
      'shared/domain/identity',
      'shared/domain/partners',
      'shared/domain/audit',
      'shared/domain/digests',
      'shared/contract',
      'shared/json',
      'shared/caching',
      'shared/resilience',
    ],
    packages: /^(zod\/mini|jose|@aws-sdk\/client-kms|node:.*)$/,
  },
  'shared/stores': {
    folders: [
      'shared/stores',
      'shared/domain',
      'shared/security',
      'shared/observability',
      'shared/caching',
      'shared/contract/partner',
      'shared/resilience',
    ],
    packages: /^(zod\/mini|@aws-sdk\/.*|@smithy\/.*|node:.*)$/,
  },
  'shared/http': {
    folders: [
      'shared/http',
      'shared/contract',
      'shared/observability',
      'shared/json',
      // Page tokens are signed under a key that is kept as all keys are.
      'shared/security/key-store.ts',
    ],
    packages: /^(zod\/mini|@middy\/core|node:.*)$/,
  },
  'shared/observability': { folders: ['shared/observability'], packages: /^$/ },
  functions: {
    folders: ['functions', 'shared', 'openapi.json'],
    packages: /^(zod\/mini|@middy\/core|csv-parse|@aws-sdk\/client-s3|node:.*)$/,
  },
};

const IMPORT = /^\s*(?:import|export)\s+(type\s)?[^;]*?from\s+'([^']+)'|^\s*import\s+'([^']+)'/gm;

interface Import {
  readonly target: string;
  readonly typeOnly: boolean;
}

function importsOf(file: string): Import[] {
  return [...readFileSync(file, 'utf8').matchAll(IMPORT)].map((match) => {
    const name = (match[2] ?? match[3])!;
    const target = name.startsWith('.') ? normalize(join(dirname(file), name)) : name;
    return { target, typeOnly: match[1] !== undefined };
  });
}

describe('the house keeps its arrows pointing down', () => {
  it.each(Object.entries(LAYERS))('%s imports only what it may know', (layer, allowed) => {
    const files = globSync(`${layer}/**/*.ts`);
    expect(files.length).toBeGreaterThan(0);
    const wrong = files.flatMap((file) =>
      importsOf(file)
        .filter(({ target, typeOnly }) => {
          if (existsSync(target))
            return !allowed.folders.some((folder) => `${target}/`.startsWith(`${folder}/`));
          // A function's handler may name the event types it is called with.
          return !allowed.packages.test(target) && !(typeOnly && target === 'aws-lambda');
        })
        .map(({ target }) => `${file} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('evaluates without zod, AWS, the environment, a clock or randomness', () => {
    const reached = new Set<string>();
    const open = ['shared/domain/policy/evaluate-eligibility.ts'];
    for (let file = open.pop(); file !== undefined; file = open.pop()) {
      if (reached.has(file)) continue;
      reached.add(file);
      if (!existsSync(file)) continue;
      open.push(
        ...importsOf(file)
          .filter(({ typeOnly }) => !typeOnly)
          .map(({ target }) => target),
      );
    }
    const files = [...reached].filter((file) => existsSync(file));
    expect(files.length).toBeGreaterThan(20);
    expect([...reached].filter((file) => !existsSync(file))).toEqual([]);
    const impure = files.filter((file) =>
      /\bnew Date\b|\bDate\.now|\bMath\.random|\bprocess\.|\bperformance\.|\bIntl\.|\btoLocale/.test(
        readFileSync(file, 'utf8'),
      ),
    );
    expect(impure).toEqual([]);
  });
});
