import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/**
 * What the SDK imports only when it is about to use it, and never uses on Lambda.
 *
 * - Credentials: the runtime of every function sets `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`, and
 *   the SDK asks the environment first. Profiles, single sign-on, processes and the metadata of instances and containers
 *   belong to laptops and servers; whoever starts the product there has them read from the sources (`connect-database.ts`).
 *   (A container's credentials would be those of SnapStart, which there is not for Node.)
 * - Event streams: no operation of DynamoDB, KMS or of ours on S3 answers with one.
 * - bowser: tells browsers apart.
 */
const unusedOnLambda =
  /^(@aws-sdk\/credential-provider-(http|ini|process|sso|web-identity)|@smithy\/(credential-provider-imds|core\/event-streams)|bowser)$/;

/** zod's writing of JSON Schema, which hangs on every schema: only the OpenAPI document is made with it, at build time. */
const jsonSchemaModules = /[\\/]zod[\\/]v4[\\/]core[\\/](to-json-schema|json-schema-processors)\.js$/;

/** The SDK reads from its packages' own descriptions only which version they have. */
const clientDescription = /[\\/]@aws-sdk[\\/][\w-]+[\\/]package\.json$/;

/** Gives every client a cache of endpoints it was told of, which no command of DynamoDB looks into: they go to the region's. */
const endpointDiscovery =
  /[\\/]@aws-sdk[\\/]middleware-endpoint-discovery[\\/]dist-es[\\/]resolveEndpointDiscoveryConfig\.js$/;

/** Where the SDK tries, while it is loaded, whether Node has something: it has, and the trial loads it with every start. */
const trials = [
  {
    files: /[\\/]@smithy[\\/]core[\\/].*[\\/](?:Sha256|Md5)Node\.js$/,
    trial:
      /\(\(\) => \{\s*try \{\s*createHash\("\w+"\);\s*return true;\s*\}\s*catch \{\s*return false;\s*\}\s*\}\)\(\)/,
  },
  {
    files: /[\\/]@smithy[\\/]core[\\/].*[\\/]uuid[\\/]v4\.js$/,
    trial: /typeof crypto !== "undefined" && typeof crypto\.randomUUID === "function"/,
  },
] as const;

/** Leaves out of bundles what never runs on Lambda. Whatever asks for it all the same fails with an error that says so. */
export const leaveOut: Plugin = {
  name: 'leave-out',
  setup(build) {
    build.onResolve({ filter: unusedOnLambda }, ({ kind }) =>
      // Imported by a statement it is loaded, used or not, and must be there.
      kind === 'dynamic-import' ? { path: 'unused-on-lambda', namespace: 'left-out' } : undefined,
    );
    build.onLoad({ filter: /^unused-on-lambda$/, namespace: 'left-out' }, () => ({
      contents: `throw new Error('Left out of the bundles: credentials come from the environment only.')`,
    }));
    build.onLoad({ filter: endpointDiscovery }, () => ({
      contents: 'export const resolveEndpointDiscoveryConfig = (input) => input;',
    }));
    for (const { files, trial } of trials) {
      build.onLoad({ filter: files }, async ({ path }) => {
        const source = await readFile(path, 'utf8');
        if (!trial.test(source))
          throw new Error(`${path} does not try out what Node has any more: leave this out.`);
        return { contents: source.replace(trial, 'true') };
      });
    }
    build.onLoad({ filter: clientDescription }, async ({ path }) => {
      const { name, version } = JSON.parse(await readFile(path, 'utf8'));
      return { contents: JSON.stringify({ name, version }), loader: 'json' };
    });
    build.onLoad({ filter: jsonSchemaModules }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const names = [...source.matchAll(/^export (?:const|function|class) (\w+)/gm)].map(([, name]) => name);
      const exports = names.map((name) => `export const ${name} = leftOut;`);
      return {
        contents: `const leftOut = () => () => { throw new Error('Left out of the bundles: JSON Schema.') };\n${exports.join('\n')}`,
      };
    });
  },
};
