import { sha256Digest } from '../digests/sha256-digest.ts';
import type { AnchoredRoot, AnchorStore } from './anchor-store.ts';
import { entryIdOf, linkOf } from './audit-chain.ts';
import { linkLine } from './audit-links.ts';
import type { AuditPartitions } from './audit-partitions.ts';
import {
  type AuditRoot,
  chainHeadBefore,
  linksName,
  markBefore,
  parseSignedRoot,
  rootDigest,
  rootName,
  rootText,
  type SignedRoot,
  saySame,
  segmentMilliseconds,
  signedRootText,
} from './audit-root.ts';
import { AuditEntryCorrupted } from './audit-store.ts';
import type { RootSigner } from './root-signer.ts';
import type { RootStore } from './root-store.ts';

export interface SealDependencies {
  readonly partitions: AuditPartitions;
  readonly roots: RootStore;
  readonly signer: RootSigner;
  readonly anchors: AnchorStore;
  /** How many shards an hour has. */
  readonly shards: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Asked before each segment but the first: whether there is time for another. */
  readonly hasTime?: () => boolean;
  /** Told of a root of ours that stood there already and says something else of the audit than is found today. */
  readonly onDifference?: (sequence: number) => void;
}

/**
 * How long after its end a segment is sealed. An entry's instant is taken just before it is sent, and whoever sends it
 * gives up within a minute; the rest is for clocks that differ.
 */
export const graceMilliseconds = 300_000;

/**
 * Seals every segment that is over, in order, from where the last run ended; segments without entries too, so that a
 * missing one is seen. May be broken off anywhere and run again, and run twice at once: a root that stands there
 * already is taken as it stands.
 *
 * @returns how many roots were made or found.
 * @throws AuditRootsBroken when what stands in the store of roots is not what was put there, or not by this signer;
 * AuditEntryCorrupted when something stands in a shard that is no entry; and what the ports throw.
 */
export async function sealAudit(dependencies: SealDependencies): Promise<number> {
  const { anchors, now, hasTime = () => true } = dependencies;
  let anchor = await anchors.read();
  if (anchor === null) {
    await anchors.begin(new Date(now()).toISOString());
    anchor = await anchors.read();
    if (anchor === null) throw new AuditRootsBroken('What was noted of the anchoring is gone again.');
  }
  const limit = now() - graceMilliseconds;
  let previous = anchor.last === null ? null : await lastRoot(anchor.last, dependencies);
  let sealed = 0;
  for (;;) {
    const from = previous === null ? markBefore(Date.parse(anchor.beganAt)) : Date.parse(previous.until);
    if (from + segmentMilliseconds > limit || (sealed > 0 && !hasTime())) return sealed;
    const root = await sealSegment(from, previous, dependencies);
    await anchors.advance({
      sequence: root.sequence,
      until: root.until,
      anchoredAt: root.sealedAt,
      digest: rootDigest(root),
    });
    previous = root;
    sealed++;
  }
}

/** What stands in the store of roots is not what was put there. */
export class AuditRootsBroken extends Error {
  override readonly name = 'AuditRootsBroken';
}

async function lastRoot(last: AnchoredRoot, { roots }: SealDependencies): Promise<AuditRoot> {
  const name = rootName(last.sequence);
  const { root } = readRoot(name, await roots.read(name));
  // The heads that are chained on come from there.
  if (rootDigest(root) !== last.digest)
    throw new AuditRootsBroken(`${name} is not the root that was put there.`);
  return root;
}

async function sealSegment(
  from: number,
  previous: AuditRoot | null,
  dependencies: SealDependencies,
): Promise<AuditRoot> {
  const { roots, signer, now, onDifference } = dependencies;
  const { root, links } = await readSegment(from, previous, dependencies);
  // Before the root: whoever finds a root finds its links.
  if (links !== null) await roots.put(linksName(root.sequence, root.links!), links);
  const sealed: AuditRoot = { ...root, sealedAt: new Date(now()).toISOString() };
  const signature = await signer.sign(rootText(sealed));
  const name = rootName(sealed.sequence);
  if (await roots.put(name, signedRootText({ root: sealed, signature }))) return sealed;

  const found = readRoot(name, await roots.read(name));
  if (
    !(await signer.verify(rootText(found.root), found.signature)) ||
    found.root.sequence !== sealed.sequence
  ) {
    throw new AuditRootsBroken(`${name} was not put there by whoever signs the roots.`);
  }
  if (!saySame(sealed, found.root)) onDifference?.(sealed.sequence);
  return found.root;
}

/** What a segment holds: its root, all but the time, and the text of its links. */
async function readSegment(from: number, previous: AuditRoot | null, dependencies: SealDependencies) {
  const { partitions, signer, shards } = dependencies;
  const stretch = {
    from: new Date(from).toISOString(),
    until: new Date(from + segmentMilliseconds).toISOString(),
  };
  const numbers = Array.from({ length: Math.max(shards, previous?.shards.length ?? 0) }, (_, shard) => shard);
  const chains = await Promise.all(
    numbers.map(async (shard) => {
      // As text: a busy segment has a million of them.
      const lines: string[] = [];
      let head = chainHeadBefore(previous, shard);
      for await (const item of partitions.read(stretch.from.slice(0, 13), shard, stretch)) {
        const id = entryIdOf(item);
        if (id === null) throw new AuditEntryCorrupted(`${item.pk} ${item.sk}`);
        head = linkOf(head, item);
        lines.push(linkLine({ shard, sk: item.sk, id, link: head }));
      }
      return { lines, head };
    }),
  );
  const lines = chains.flatMap((chain) => chain.lines);
  const text = lines.length === 0 ? null : lines.join('');
  const root: Omit<AuditRoot, 'sealedAt'> = {
    format: 'permit-eligibility-audit-root/1',
    sequence: (previous?.sequence ?? 0) + 1,
    ...stretch,
    shards: chains.map((chain) => ({ count: chain.lines.length, head: chain.head })),
    links: text === null ? null : sha256Digest(text),
    previous: previous === null ? null : rootDigest(previous),
    keyId: await signer.keyId(),
  };
  return { root, links: text };
}

function readRoot(name: string, text: string | null): SignedRoot {
  if (text === null) throw new AuditRootsBroken(`${name} is gone.`);
  try {
    return parseSignedRoot(text);
  } catch (cause) {
    throw new AuditRootsBroken(`${name} is no root.`, { cause });
  }
}
