import type { AnchoredRoot } from './anchor-store.ts';
import type { Damage, RootFault } from './audit-damage.ts';
import { type AuditRoot, parseSignedRoot, rootDigest, rootName, rootText, sequenceOf } from './audit-root.ts';

/** Roots and links as they were copied. */
export interface RootCopies {
  /** The names there are of roots. */
  names(part: 'roots'): Promise<readonly string[]>;
  read(name: string): Promise<string | null>;
}

/** By key id: whether a signature over a text is of that key. Whom to trust is up to whoever verifies. */
export type TrustedKeys = ReadonlyMap<string, (text: string, signature: string) => boolean>;

export interface VerifiedRoots {
  /** The good ones, by number. */
  readonly roots: ReadonlyMap<number, AuditRoot>;
  readonly damages: readonly Damage[];
}

/**
 * Reads all roots: whether each is signed, and whether they follow each other from number 1 on without a gap.
 *
 * @param noted the newest root by the table's own word, as it was before the roots were copied; null: not known.
 */
export async function verifyRoots(
  copies: RootCopies,
  keys: TrustedKeys,
  noted: AnchoredRoot | null,
): Promise<VerifiedRoots> {
  const names = await copies.names('roots');
  const sequences = names.flatMap((name) => sequenceOf(name) ?? []).sort((a, b) => a - b);
  const newest = Math.max(sequences.at(-1) ?? 0, noted?.sequence ?? 0);
  const present = new Set(sequences);
  const roots = new Map<number, AuditRoot>();
  const damages: Damage[] = [];
  const blame = (fault: RootFault, sequence: number, toSequence?: number) =>
    damages.push({ of: 'root', fault, sequence, ...(toSequence !== undefined && { toSequence }) });

  for (let sequence = 1; sequence <= newest; sequence++) {
    if (!present.has(sequence)) {
      const first = sequence;
      while (sequence < newest && !present.has(sequence + 1)) sequence++;
      blame('missing', first, sequence);
      continue;
    }
    const read = readRoot(sequence, await copies.read(rootName(sequence)), keys);
    if (typeof read === 'string') {
      blame(read, sequence);
      continue;
    }
    roots.set(sequence, read);
    if (!follows(read, roots.get(sequence - 1))) blame('does-not-follow', sequence);
    if (sequence === noted?.sequence && rootDigest(read) !== noted.digest) blame('not-the-noted', sequence);
  }
  return { roots, damages };
}

function readRoot(sequence: number, text: string | null, keys: TrustedKeys): AuditRoot | RootFault {
  if (text === null) return 'missing';
  let signed: ReturnType<typeof parseSignedRoot>;
  try {
    signed = parseSignedRoot(text);
  } catch {
    return 'unreadable';
  }
  const { root, signature } = signed;
  const isSigned = keys.get(root.keyId);
  if (isSigned === undefined) return 'unknown-key';
  if (!isSigned(rootText(root), signature)) return 'bad-signature';
  return root.sequence === sequence ? root : 'misplaced';
}

/** Whether a root goes on where the one before ended; also when that one is at fault itself, and has been named. */
function follows(root: AuditRoot, before: AuditRoot | undefined): boolean {
  if (root.sequence === 1) return root.previous === null;
  return before === undefined || (root.previous === rootDigest(before) && root.from === before.until);
}
