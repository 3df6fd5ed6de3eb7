import { writeFileSync } from 'node:fs';
import { stages } from '../config/stages.ts';
import { costPage } from '../cost/cost-page.ts';
import { inventoryOf } from '../cost/inventory.ts';
import { pricedStages } from '../cost/priced-stages.ts';
import { runWithoutOptions } from './run-without-options.ts';

const does = `Writes docs/costs.md: what each stage costs a month, by its templates, a stated load and stated prices. It needs no account
and no network.`;

// A test compares what it writes with what is committed.
await runWithoutOptions('cost', does, async () => {
  // Here, for it takes seconds to load: whoever only asks for help does not wait.
  const { synthesiseStage } = await import('../cost/synthesise-stage.ts');
  const page = new URL('../../docs/costs.md', import.meta.url);
  writeFileSync(
    page,
    costPage(
      pricedStages.map((name) => ({
        stage: stages[name],
        inventory: inventoryOf(synthesiseStage(stages[name])),
      })),
    ),
  );
  console.log('Wrote docs/costs.md.');
});
