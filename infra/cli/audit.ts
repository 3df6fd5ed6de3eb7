import { auditCommand } from './audit-command.ts';
import { runCommand } from './run-command.ts';

await runCommand(async () => {
  const isWell = await auditCommand(process.argv.slice(2), process.env, console);
  if (!isWell) process.exitCode = 1;
});
