import { partnerCommand } from './partner-command.ts';
import { runCommand } from './run-command.ts';

await runCommand(() => partnerCommand(process.argv.slice(2), process.env, console));
