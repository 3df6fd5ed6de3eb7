import type { Anchor, AnchoredRoot, AnchorStore } from '../../../shared/domain/audit/anchor-store.ts';

/** What the table notes of the anchoring, in memory. */
export class MemoryAnchorStore implements AnchorStore {
  anchor: Anchor | null;

  constructor(anchor: Anchor | null = null) {
    this.anchor = anchor;
  }

  async read(): Promise<Anchor | null> {
    return this.anchor;
  }

  async begin(at: string): Promise<void> {
    this.anchor ??= { beganAt: at, last: null };
  }

  async advance(root: AnchoredRoot): Promise<boolean> {
    if (this.anchor === null || root.sequence <= (this.anchor.last?.sequence ?? 0)) return false;
    this.anchor = { ...this.anchor, last: root };
    return true;
  }
}
