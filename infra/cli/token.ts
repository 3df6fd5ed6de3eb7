import { runCommand } from './run-command.ts';
import { tokenCommand } from './token-command.ts';

await runCommand(async () => console.log(await tokenCommand(process.argv.slice(2))));
