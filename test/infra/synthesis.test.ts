import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { stages } from '../../infra/config/stages.ts';
import { makeStacks } from './synthesise.ts';

const root = new URL('../../', import.meta.url);
const outputs: string[] = [];

/** Runs what cdk.json names as `cdk synth` would, without an account, and gives the assembly it wrote. */
function runApp(stage: string): string {
  const { context } = JSON.parse(readFileSync(new URL('cdk.json', root), 'utf8'));
  const output = mkdtempSync(join(tmpdir(), 'synthesis-'));
  outputs.push(output);
  execFileSync(process.execPath, ['infra/app.ts'], {
    cwd: root,
    stdio: 'pipe',
    env: { CDK_OUTDIR: output, CDK_CONTEXT_JSON: JSON.stringify({ ...context, stage }) },
  });
  return output;
}

afterAll(() => {
  for (const output of outputs) rmSync(output, { recursive: true, force: true });
});

describe('synthesis', () => {
  it.each(Object.values(stages))('gives equal templates for equal sources in $name', (stage) => {
    const templates = () => {
      const assembly = makeStacks(stage).app.synth();
      return assembly.stacks.map(({ stackName, template }) => [stackName, template]);
    };
    const first = JSON.stringify(templates());
    expect(JSON.stringify(templates())).toBe(first);
    expect(first).toContain(`permit-eligibility-${stage.name}-operations`);
  });

  it.each(['dev', 'prod-cn'])(
    'of the app bundles the functions of %s, without an account, Docker or network',
    (stage) => {
      const output = runApp(stage);
      const template = readFileSync(join(output, 'api.template.json'), 'utf8');
      expect(template).toContain(`permit-eligibility ${stage}: eligibility`);
      const bundles = readdirSync(output)
        .filter((name) => name.startsWith('asset.'))
        .map((name) => readdirSync(join(output, name)));
      expect(bundles.length).toBeGreaterThanOrEqual(2);
      for (const files of bundles) expect(files.sort()).toEqual(['handler.mjs', 'handler.mjs.map']);
    },
  );

  it('names the stages there are when asked for another', () => {
    expect(() => runApp('staging')).toThrow(/Choose one: dev, prod, prod-cn/);
  });
});
