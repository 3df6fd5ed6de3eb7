import { policyCommand } from './policy-command.ts';
import { runCommand } from './run-command.ts';

await runCommand(() => policyCommand(process.argv.slice(2), process.env, console));
