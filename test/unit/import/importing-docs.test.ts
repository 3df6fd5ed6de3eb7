import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { csvMapping } from '../../../functions/import/csv-mapping.ts';
import { readCsv } from '../../../functions/import/read-csv.ts';
import { registryEvent } from '../../../shared/contract/registry/event.ts';

const docs = readFileSync(new URL('../../../docs/importing.md', import.meta.url), 'utf8');

describe('docs/importing.md', () => {
  it('has an example of an event that is one', () => {
    const [, example] = /```json\n(\{"eventId".*\})\n```/.exec(docs) ?? [];
    expect(registryEvent.parse(JSON.parse(example ?? ''))).toMatchObject({ type: 'permit.endorsed' });
  });

  it('has a mapping that makes events', async () => {
    const [, example] = /<!-- example: mapping -->\n```yaml\n([^`]*)```/.exec(docs) ?? [];
    const mapping = csvMapping.parse({ ...parse(example ?? ''), encoding: 'utf-8' });
    const table =
      '流水号,业务类型,办理日期,证件号码,区县\n1,签发,2023年3月1日,000000189901010014,高新区\n2,签注,20240210,000000189901010014,\n';
    const bytes = (async function* () {
      yield Buffer.from(table);
    })();
    const lines = await Array.fromAsync(readCsv(bytes, mapping));
    const events = lines.flatMap(({ read }) => read()).map(({ value }) => registryEvent.parse(value));
    expect(events).toMatchObject([
      { type: 'permit.issued', occurredOn: '2023-03-01', areaCode: 'CD-GXQ' },
      { type: 'permit.endorsed', occurredOn: '2024-02-10' },
    ]);
  });
});
