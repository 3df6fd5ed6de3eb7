import type { LogMessage } from './log-messages.ts';

type Level = LogMessage['level'];

/** Takes one line of a log. */
export type WriteLine = (level: Level, line: string) => void;

/**
 * To the process's own streams, warnings and errors to that of errors. Lambda's `console` would wrap a line that is JSON already.
 */
export const writeLine: WriteLine = (level, line) => {
  (level === 'info' ? process.stdout : process.stderr).write(`${line}\n`);
};

/** The levels that are written, and those with which less is; `DEBUG` and anything unknown: all. */
const thresholds: Readonly<Record<string, readonly Level[]>> = {
  WARN: ['warn', 'error'],
  ERROR: ['error'],
  CRITICAL: [],
  SILENT: [],
};

/** Which messages are written under a level's name (`POWERTOOLS_LOG_LEVEL`, in any case). */
export function levelsAtLeast(name: string | undefined): readonly Level[] {
  return thresholds[name?.toUpperCase() ?? ''] ?? ['info', 'warn', 'error'];
}
