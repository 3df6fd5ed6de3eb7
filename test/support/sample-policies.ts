import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pack } from '../../shared/domain/policy/pack-schema.ts';

/** Writes packs, each with cases that satisfy the lint, as a folder of policies; JSON is YAML too. */
export async function writeSamplePolicies(folder: string, packs: readonly Pack[]): Promise<void> {
  for (const pack of packs) {
    const policy = join(folder, pack.policy);
    await mkdir(policy, { recursive: true });
    const asOf = pack.effective.from;
    const cases = [
      { name: 'a valid permit', asOf, resident: 'holder', expect: { 'legal.aid': 'eligible' } },
      {
        name: 'a suspended permit',
        asOf,
        resident: 'holder',
        set: { 'permit.status': 'suspended' },
        expect: { 'legal.aid': 'not_eligible' },
      },
    ];
    const residents = { holder: { permit: { status: 'valid', areaCode: '510107' } } };
    await writeFile(join(policy, `${pack.version}.yaml`), JSON.stringify(pack, null, 2));
    await writeFile(
      join(policy, `${pack.version}.cases.yaml`),
      JSON.stringify({ residents, cases }, null, 2),
    );
  }
}
