import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { bundleFunctions, bundleFunctionsOnce } from './bundling.ts';
import { stageNamed } from './config/stages.ts';
import { addProductStacks } from './product-stacks.ts';

// What `cdk` runs. `-c stage=prod-cn` chooses the stage; without it, it is `dev`.
const app = new App();
const stage = stageNamed(app.node.tryGetContext('stage'));

// Beside the templates, so that runs with other outputs never share a half-written bundle.
const bundles = join(app.outdir, 'bundles');
// What is deployed is built anew; whoever only looks at templates may take what was built of the same files before.
const bundle = app.node.tryGetContext('bundles') === 'once' ? bundleFunctionsOnce : bundleFunctions;
await bundle(bundles);
addProductStacks(app, {
  stage,
  codeOf: (name) => Code.fromAsset(join(bundles, name)),
  account: process.env.CDK_DEFAULT_ACCOUNT,
});
app.synth();
