import { writeFileSync } from 'node:fs';
import { stages } from '../config/stages.ts';
import { costPage } from '../cost/cost-page.ts';
import { inventoryOf } from '../cost/inventory.ts';
import { pricedStages } from '../cost/priced-stages.ts';
import { synthesiseStage } from '../cost/synthesise-stage.ts';

// Needs no account and no network. A test compares what it writes with what is committed.
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
