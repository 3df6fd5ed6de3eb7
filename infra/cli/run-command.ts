import { AnchorStoreUnavailable } from '../../shared/domain/audit/anchor-store.ts';
import { AuditEntryCorrupted, AuditStoreUnavailable } from '../../shared/domain/audit/audit-store.ts';
import { RootStoreUnavailable } from '../../shared/domain/audit/root-store.ts';
import { PartnerStoreUnavailable } from '../../shared/domain/partners/partner-store.ts';
import { PolicyStoreUnavailable, PolicyVersionTooLarge } from '../../shared/domain/policy/policy-store.ts';
import { ResidentContended, ResidentStoreUnavailable } from '../../shared/domain/register/resident-store.ts';
import { KeyStoreUnavailable, KeyUnreadable } from '../../shared/security/key-store.ts';
import { CommandError } from '../command-error.ts';

/** Runs a command line tool: what a person can mend is printed as it is, and the exit code is then 1. */
export async function runCommand(main: () => Promise<void> | void): Promise<void> {
  try {
    await main();
  } catch (error) {
    const mendable = [
      CommandError,
      AnchorStoreUnavailable,
      AuditEntryCorrupted,
      AuditStoreUnavailable,
      PolicyStoreUnavailable,
      PolicyVersionTooLarge,
      PartnerStoreUnavailable,
      RootStoreUnavailable,
      KeyStoreUnavailable,
      KeyUnreadable,
      ResidentStoreUnavailable,
      ResidentContended,
    ];
    if (!mendable.some((kind) => error instanceof kind)) throw error;
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
