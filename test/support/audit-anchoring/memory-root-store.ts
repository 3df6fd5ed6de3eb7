import type { RootStore } from '../../../shared/domain/audit/root-store.ts';

/** A store of roots in memory; `files` is what whoever owns the store could tamper with. */
export class MemoryRootStore implements RootStore {
  readonly files = new Map<string, string>();

  async put(name: string, text: string): Promise<boolean> {
    if (this.files.has(name)) return false;
    this.files.set(name, text);
    return true;
  }

  async read(name: string): Promise<string | null> {
    return this.files.get(name) ?? null;
  }

  async names(part: 'roots'): Promise<string[]> {
    return [...this.files.keys()].filter((name) => name.startsWith(`${part}/`)).sort();
  }
}
