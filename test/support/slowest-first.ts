import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * What takes longest, of each project the longest first. On a fresh clone the runner knows only how large files are, and a
 * long one that begins last has the other cores wait for it.
 */
const slowest = [
  'integration/local-platform.test.ts',
  'integration/import-kills.test.ts',
  'integration/local-platform-new-version.test.ts',
  'integration/platform-proofs.test.ts',
  'integration/audit-anchoring.test.ts',
  'integration/partner-usage.test.ts',
  'integration/resident-store.test.ts',
  'integration/stream-pump.test.ts',
  'integration/import-function.test.ts',
  'integration/partner-timing.test.ts',
  'integration/doors-fuzz.test.ts',
  'integration/seed.test.ts',
  'infra/synthesis.test.ts',
  'unit/domain-agreement/policy.test.ts',
  'infra/bundles.test.ts',
  'unit/domain-agreement/forecast.test.ts',
  'unit/domain-agreement/missing.test.ts',
  'unit/supply-chain/unused.test.ts',
  'unit/register/orders.test.ts',
  'contract/openapi.test.ts',
  'unit/infra/own-routes.test.ts',
];

export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.sort(
      (a, b) =>
        // As they come: all files of one project, then all of the next.
        a.project.name.localeCompare(b.project.name) || placeOf(a) - placeOf(b),
    );
  }
}

function placeOf({ moduleId }: TestSpecification): number {
  const place = slowest.findIndex((file) => moduleId.endsWith(`/test/${file}`));
  return place === -1 ? slowest.length : place;
}
