import { existsSync, readFileSync } from 'node:fs';
import { withRegister } from '../../../infra/cli/open-register.ts';
import { foldEvents } from '../../../shared/domain/register/fold-events.ts';
import { recordText } from '../../../shared/domain/register/resident-record.ts';
import { DynamoIndexKeys } from '../../../shared/stores/dynamodb/dynamo-index-keys.ts';
import { ResidentReader } from '../../../shared/stores/dynamodb/resident-reader.ts';
import { ResidentTable } from '../../../shared/stores/dynamodb/resident-table.ts';
import { dumpResidents } from '../register.ts';
import { faultsOfRegister } from '../whole-register.ts';
import type { ExpectedResident, ImportFile } from './import-file.ts';

/** All that is not in the register as the file says, in words without a value; empty: all is there, once. */
export function faultsOfImport(file: ImportFile, dataDirectory: string): Promise<string[]> {
  return withRegister(
    async ({ client, table: name, keyStore }) => {
      const faults = await faultsOfRegister(client);
      const stored = (await dumpResidents(client)).filter(({ type }) => type === 'register-event');
      if (stored.length !== file.events) faults.push(`${stored.length} events of ${file.events} are stored`);
      const table = new ResidentTable(client, name);
      const reader = new ResidentReader(table, keyStore);
      const index = await new DynamoIndexKeys(client, name, keyStore).open();
      if (index === null) return [...faults, 'there is no key of the index'];
      for (const [place, expected] of file.residents.entries()) {
        const resident = await reader.find(expected.document, index);
        if (resident === null) {
          faults.push(`resident ${place} is lost`);
          continue;
        }
        const events = await reader.events(resident);
        if (eventTexts(events).join() !== eventTexts(expected.events).join()) {
          faults.push(`the events of resident ${place} are others`);
        }
        if (recordText(resident.record) !== recordText(foldEvents(expected.events))) {
          faults.push(`the record of resident ${place} is another`);
        }
      }
      return faults;
    },
    {},
    dataDirectory,
  );
}

function eventTexts(events: ExpectedResident['events']): string[] {
  return events.map((event) => JSON.stringify(event)).sort();
}

/** Whether the report lists exactly the lines that are rejected, in their order, each once. */
export function faultsOfReport(file: ImportFile, reportPath: string): string[] {
  const expected = file.rejected.map((each) => `${JSON.stringify(each)}\n`).join('');
  if (!existsSync(reportPath)) return ['there is no report of rejected lines'];
  return readFileSync(reportPath, 'utf8') === expected ? [] : ['the report of rejected lines is another'];
}
