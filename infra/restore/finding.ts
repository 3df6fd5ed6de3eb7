/** Something a restored table lacks. Names ids, sources and times, and nothing of a person. */
export interface Finding {
  readonly kind: 'SETTING' | 'ERASURE' | 'REVOCATION' | 'WITHDRAWAL' | 'BY HAND' | 'LOST' | 'WRONG';
  readonly text: string;
  /** Puts it right. Absent: only a person can, or nobody. Can be repeated. */
  readonly apply?: () => Promise<void>;
}

/** Whether the table may not be used before this is put right. What is lost for good is said, and not waited for. */
export function isMissing({ kind }: Finding): boolean {
  return kind !== 'LOST';
}
