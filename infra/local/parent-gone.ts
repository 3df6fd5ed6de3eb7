import { readFileSync } from 'node:fs';

const checkEveryMilliseconds = 500;

/**
 * Resolves when the npm that started this process is gone. Killed hard, it passes no signal on, and the port would
 * stay taken by a server that nobody sees. Never resolves when the process was not started by npm.
 */
export function parentGone(): Promise<void> {
  return new Promise((resolve) => {
    if (process.env.npm_lifecycle_event === undefined) return;
    const ancestors = npmAndShell();
    const timer = setInterval(() => {
      if (npmAndShell() === ancestors) return;
      clearInterval(timer);
      resolve();
    }, checkEveryMilliseconds);
    timer.unref();
  });
}

/** The parent and, where the system tells, its parent: npm runs a script in a shell of its own. */
function npmAndShell(): string {
  return `${process.ppid} ${parentOf(process.ppid)}`;
}

function parentOf(pid: number): string | null {
  try {
    // "pid (name) state ppid …"; the name may hold anything, a parenthesis too.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? null;
  } catch {
    return null;
  }
}
