import { IndexKeyChange, IndexKeyStepRefused } from '../../shared/stores/dynamodb/index-key-change.ts';
import { CommandError } from '../command-error.ts';
import { registerHelp, withRegister } from './open-register.ts';
import { readCommand } from './read-command.ts';
import { runCommand } from './run-command.ts';

const usage = `Usage: npm run index-key -- <step>

  status    the keys residents are found by
  add       1. makes the next key; looked under, not yet written under
  switch    2. new residents are written under it
  move      3. moves everyone else there; can be stopped and run again
  retire    4. deletes the old key, once nobody stands under it

Reads and writes go on meanwhile. Each step waits until the one before is known everywhere, and says for how long.

${registerHelp}`;

const steps = {
  status: showStatus,
  add: async (change: IndexKeyChange) => console.log(`There is a key ${await change.add()}.`),
  switch: async (change: IndexKeyChange) =>
    console.log(`New residents are written under ${await change.switch()}.`),
  move,
  retire: async (change: IndexKeyChange) => {
    const retired = await change.retire();
    console.log(retired.length === 0 ? 'There is no old key.' : `Deleted: ${retired.join(', ')}.`);
  },
} as const;

await runCommand(async () => {
  const step = readCommand('index-key', steps);
  if (step === 'help') return console.log(usage);
  await withRegister(async ({ client, table, keyStore }) => {
    const change = new IndexKeyChange(client, table, keyStore);
    try {
      await steps[step](change);
    } catch (error) {
      if (error instanceof IndexKeyStepRefused) throw new CommandError(error.message);
      throw error;
    }
  });
});

async function showStatus(change: IndexKeyChange): Promise<void> {
  const keys = await change.status();
  if (keys === null) return console.log('There is no key yet: the first is made with the first resident.');
  for (const { version, since } of keys.live) {
    const isCurrent = version === keys.current.version;
    console.log(`${version}  since ${since}${isCurrent ? `  current since ${keys.current.since}` : ''}`);
  }
}

async function move(change: IndexKeyChange): Promise<void> {
  const everySoMany = 1_000;
  const { moved, unreadable } = await change.move((progress) => {
    if (progress.moved % everySoMany === 0 && progress.moved > 0) console.log(`${progress.moved} moved`);
  });
  console.log(`${moved} moved; nobody else stands under an old key.`);
  if (unreadable > 0) {
    throw new CommandError(
      `${unreadable} cannot be read and were left where they are: see docs/operating-the-register.md.`,
    );
  }
}
