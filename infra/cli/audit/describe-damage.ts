import type { AuditPlace, Damage } from '../../../shared/domain/audit/audit-damage.ts';

const rootFaults = {
  missing: 'is missing',
  unreadable: 'is no root that this version can read',
  misplaced: 'holds the root of another number',
  'unknown-key': 'is signed with a key that you did not name',
  'bad-signature': 'is not what was signed',
  'does-not-follow': 'does not follow the root before it',
  'not-the-noted': 'is not the root that the table noted',
  'too-old':
    'is the newest one, though entries go on for hours after it: no root could be made, or later ones are missing',
} as const satisfies Record<(Damage & { of: 'root' })['fault'], string>;

const entryFaults = {
  edited: 'is not as it was anchored',
  removed: 'was removed',
  inserted: 'was put in after the audit was anchored, or where no entry is ever recorded',
  reordered: 'does not stand where it stood',
  truncated: 'is missing, and with it everything behind it in its shard',
} as const satisfies Record<(Damage & { of: 'entry' })['fault'], string>;

/** A damage in one line for a person: what, where, which. */
export function describeDamage(damage: Damage): string {
  switch (damage.of) {
    case 'root': {
      const { sequence, toSequence = sequence } = damage;
      if (toSequence > sequence) return `MISSING    roots ${sequence} to ${toSequence} are missing`;
      return `${label(damage.fault)}root ${sequence} ${rootFaults[damage.fault]}`;
    }
    case 'links': {
      const state = damage.fault === 'missing' ? 'are missing' : 'are not what was signed';
      return `${label(damage.fault)}the links of root ${damage.sequence} ${state}: which of its entries differ, if any do, cannot be told`;
    }
    case 'segment':
      return `${label('differs')}entries of shard ${damage.shard} that root ${damage.sequence} covers are not as they were anchored`;
    case 'entry': {
      const { fault, shard, place, id, sequence, elsewhere, laterSegments } = damage;
      const covered = sequence === null ? '' : ` (root ${sequence})`;
      const moved = elsewhere === null ? '' : `; its other place: ${text(elsewhere)}`;
      const later =
        laterSegments === 0 ? '' : `; ${laterSegments} later segments of the shard differ as well`;
      return `${label(fault)}shard ${shard}: entry ${id ?? '(without an id)'} at ${text(place)}${covered} ${entryFaults[fault]}${moved}${later}`;
    }
  }
}

function label(fault: string): string {
  return `${fault.toUpperCase()}  `.padEnd(11);
}

function text({ pk, sk }: AuditPlace): string {
  return `${pk} ${sk}`;
}
