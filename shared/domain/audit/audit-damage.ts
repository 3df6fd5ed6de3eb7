/** A place in the audit: the key of an item. */
export interface AuditPlace {
  readonly pk: string;
  readonly sk: string;
}

export type RootFault =
  /** No file has this number, though later ones do; or the table says that there was one. */
  | 'missing'
  /** The file is no root in a form this version reads. */
  | 'unreadable'
  /** The file holds the root of another number. */
  | 'misplaced'
  /** Signed with a key that the verifier was not told to trust. */
  | 'unknown-key'
  /** The signature is not of what the root says. */
  | 'bad-signature'
  /** It does not name the root before it, or does not begin where that one ended. */
  | 'does-not-follow'
  /** It is not the root that the table noted. */
  | 'not-the-noted'
  /** It is the newest, and entries go on for hours after it: no root could be made, or later ones are missing. */
  | 'too-old';

export type EntryFault = 'edited' | 'removed' | 'inserted' | 'reordered' | 'truncated';

/** Something that is not as it was anchored. */
export type Damage =
  | {
      readonly of: 'root';
      readonly fault: RootFault;
      readonly sequence: number;
      /** The last one at fault of several in a row. */
      readonly toSequence?: number;
    }
  /** The links that would tell which entry it is. */
  | { readonly of: 'links'; readonly fault: 'missing' | 'altered'; readonly sequence: number }
  /** Entries of a segment that differ, where its links cannot say which. */
  | { readonly of: 'segment'; readonly sequence: number; readonly shard: number }
  /** The first entry of its shard at fault. */
  | {
      readonly of: 'entry';
      readonly fault: EntryFault;
      /** The root that covers it; null: it stands where no entry is ever recorded. */
      readonly sequence: number | null;
      readonly shard: number;
      readonly place: AuditPlace;
      readonly id: string | null;
      /** Of one that was reordered: where it was anchored, or where it stands now. */
      readonly elsewhere: AuditPlace | null;
      /** In how many later segments of the shard something differs as well. */
      readonly laterSegments: number;
    };

export interface AuditVerification {
  /** Roots before entries; entries by shard. Empty: all is as it was anchored. */
  readonly damages: readonly Damage[];
  /** Roots that are good by themselves. */
  readonly roots: number;
  /** What the good roots cover, of what was looked at; null: nothing. */
  readonly covered: { readonly from: string; readonly until: string } | null;
  /** Entries that stand as they were anchored, up to the first damage of each segment. */
  readonly entries: number;
  /** Entries after the newest root. */
  readonly notYetAnchored: number;
  /** Entries that no good root speaks of: before the first one, or in a segment whose root is at fault. */
  readonly uncovered: number;
}
