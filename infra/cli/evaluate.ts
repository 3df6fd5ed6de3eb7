import { readFileSync } from 'node:fs';
import colors from 'picocolors';
import { evaluateCommand } from './evaluate-command.ts';
import { runCommand } from './run-command.ts';

await runCommand(() =>
  evaluateCommand(process.argv.slice(2), process.env, {
    log: (line) => console.log(line),
    input: () => readFileSync(0, 'utf8'),
    columns: process.stdout.columns ?? 120,
    colors,
  }),
);
