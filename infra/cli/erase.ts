import { text } from 'node:stream/consumers';
import { document as documentSchema } from '../../shared/contract/registry/document.ts';
import type { CanonicalDocument } from '../../shared/domain/identity/document.ts';
import { normaliseDocument } from '../../shared/domain/identity/normalise-document.ts';
import { DynamoIndexKeys } from '../../shared/stores/dynamodb/dynamo-index-keys.ts';
import { createResidentEraser, type ResidentEraser } from '../../shared/stores/dynamodb/resident-eraser.ts';
import { residentId } from '../../shared/stores/dynamodb/resident-items.ts';
import { CommandError } from '../command-error.ts';
import { registerHelp, withRegister } from './open-register.ts';
import { readCommand } from './read-command.ts';
import { runCommand } from './run-command.ts';

const usage = `Usage: npm run erase -- <command>

  document   makes a resident unreadable for good, decisions included. The document is read from standard
             input, so that its number stands in no history and no list of processes:
             { "type": "resident-id", "number": "…" }
  list       the ids of all that were erased
  ids        erases the residents whose ids come on standard input, one a line: the list, after a restore

${registerHelp}`;

const commands = { document: eraseDocument, list: listErased, ids: eraseIds } as const;

await runCommand(async () => {
  const command = readCommand('erase', commands);
  if (command === 'help') return console.log(usage);
  await withRegister(async ({ client, table, keyStore }) => {
    const index = new DynamoIndexKeys(client, table, keyStore);
    await commands[command](createResidentEraser(client, table, keyStore, index));
  });
});

async function eraseDocument(eraser: ResidentEraser): Promise<void> {
  const outcome = await eraser.erase(readDocument(await text(process.stdin)));
  console.log(outcome === 'erased' ? 'Erased.' : 'Nothing is known of this person.');
}

async function listErased(eraser: ResidentEraser): Promise<void> {
  for await (const id of eraser.erased()) console.log(id);
}

async function eraseIds(eraser: ResidentEraser): Promise<void> {
  const ids = (await text(process.stdin)).split('\n').flatMap((line) => line.trim() || []);
  const wrong = ids.findIndex((id) => !residentId.safeParse(id).success);
  // All or none: half a list would look like the whole one.
  if (wrong !== -1)
    throw new CommandError(`Line ${wrong + 1} is no id of a resident (rs_…). Nobody was erased.`);
  let erased = 0;
  for (const id of ids) if ((await eraser.eraseById(id)) === 'erased') erased++;
  console.log(`${erased} erased, ${ids.length - erased} unknown here.`);
}

/** The document, with nothing of it in what is said of its faults. */
function readDocument(input: string): CanonicalDocument {
  let given: unknown;
  try {
    given = JSON.parse(input);
  } catch {
    throw new CommandError('Standard input is not JSON. See npm run erase -- help');
  }
  const { data } = documentSchema.safeParse(given);
  if (data === undefined) {
    throw new CommandError(
      'Standard input is no document with a type and a number. See npm run erase -- help',
    );
  }
  const { document, fault } = normaliseDocument(data);
  if (document === undefined) throw new CommandError(fault.detail.en);
  return document;
}
