import type { CallerOf } from '../shared/contract/caller.ts';
import type { OperationId } from '../shared/contract/routes.ts';
import type { AccessEntry, Accessor } from '../shared/domain/audit/audit-entry.ts';

/** Who can look at what is kept of a person. */
type AccessingCaller = CallerOf<'resident' | 'counter' | 'partner'>;

/** What an entry says beside who looked and when; what is absent does not apply to the look. */
export type Look = {
  readonly operation: OperationId;
  /** Null for somebody the register does not know. */
  readonly residentId: string | null;
} & Partial<
  Pick<AccessEntry, 'purpose' | 'caseNumber' | 'outsideDistrict' | 'services' | 'decisionId' | 'disclosed'>
>;

/** What an entry takes from the world; tests hand in their own. */
export interface EntryOrigin {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Bytes nobody can foretell. */
  readonly randomBytes: (count: number) => Uint8Array;
}

/** The audit's entry of a look at what is kept of a person. */
export function accessEntry(
  caller: AccessingCaller,
  look: Look,
  { now, randomBytes }: EntryOrigin,
): AccessEntry {
  return {
    type: 'access',
    id: `ev_${Buffer.from(randomBytes(16)).toString('base64url')}`,
    occurredAt: new Date(now()).toISOString(),
    by: accessorOf(caller),
    purpose: null,
    caseNumber: null,
    outsideDistrict: null,
    services: null,
    decisionId: null,
    disclosed: true,
    ...look,
  };
}

/** The members one by one: a resident's number and subject are among those of the caller, and stay there. */
function accessorOf(caller: AccessingCaller): Accessor {
  switch (caller.kind) {
    case 'resident':
      return { kind: caller.kind };
    case 'clerk':
      return {
        kind: caller.kind,
        subject: caller.subject,
        district: caller.district,
        post: caller.post,
      };
    case 'partner':
      return { kind: caller.kind, partner: caller.partner, key: caller.key };
  }
}
