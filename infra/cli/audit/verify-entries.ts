import { readFileSync } from 'node:fs';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { AnchoredRoot } from '../../../shared/domain/audit/anchor-store.ts';
import type { AuditVerification } from '../../../shared/domain/audit/audit-damage.ts';
import type { AuditPartitions } from '../../../shared/domain/audit/audit-partitions.ts';
import { markBefore, segmentMilliseconds } from '../../../shared/domain/audit/audit-root.ts';
import { ItemsByPartition } from '../../../shared/domain/audit/items-by-partition.ts';
import { graceMilliseconds } from '../../../shared/domain/audit/seal-audit.ts';
import { verifyAudit } from '../../../shared/domain/audit/verify-audit.ts';
import type { TrustedKeys } from '../../../shared/domain/audit/verify-roots.ts';
import { isSignedBy, readPublicRootKey, rootKeyId } from '../../../shared/security/root-key.ts';
import { DynamoAnchorStore } from '../../../shared/stores/dynamodb/dynamo-anchor-store.ts';
import { DynamoAuditPartitions } from '../../../shared/stores/dynamodb/dynamo-audit-partitions.ts';
import { FolderRootStore } from '../../../shared/stores/files/folder-root-store.ts';
import { anchorSchedule } from '../../anchor-schedule.ts';
import { CommandError } from '../../command-error.ts';
import type { Environment } from '../../environment.ts';
import { type OpenTables, withTables } from '../open-tables.ts';
import type { ResultOutput } from '../output.ts';
import { describeDamage } from './describe-damage.ts';
import { readExport } from './entries-export.ts';

const minuteMilliseconds = 60_000;

export interface VerifyOptions {
  /** Where the roots were copied to. */
  readonly rootFolder: string;
  /** An export to look at instead of the table. */
  readonly entriesFile: string | undefined;
  /** Files with the keys to trust. */
  readonly keyFiles: readonly string[];
  /** True: nobody named the keys. That of this machine is made with its first root, and is not there before. */
  readonly isOwnKey: boolean;
  readonly dataDirectory: string;
}

type RootsToTrust = Pick<VerifyOptions, 'rootFolder' | 'keyFiles' | 'isOwnKey'>;

/** What there is to compare with the roots. */
interface Entries {
  readonly partitions: AuditPartitions;
  readonly noted: AnchoredRoot | null;
  /** When the first root will have been made; null: anchoring has not begun, or an export does not say. */
  readonly firstRootBy: number | null;
  readonly from: string | null;
  readonly until: string;
}

/** Compares entries with roots, prints what it found, and whether all is well. */
export async function verifyEntries(
  options: VerifyOptions,
  environment: Environment,
  output: ResultOutput,
): Promise<boolean> {
  const verify = verifier(options);
  const verifyOpen = async ({ client, tableName }: OpenTables) =>
    verify(await fromTable(client, tableName('audit')));
  const verification =
    options.entriesFile === undefined
      ? await withTables(verifyOpen, ['audit'], environment, options.dataDirectory)
      : await verify(await fromExport(options.entriesFile));
  return report(verification, output);
}

/** The same of a table that is open already, whatever its name. */
export async function verifyTable(
  client: DynamoDBDocumentClient,
  table: string,
  options: RootsToTrust,
  output: ResultOutput,
): Promise<boolean> {
  return report(await verifier(options)(await fromTable(client, table)), output);
}

function verifier({ rootFolder, keyFiles, isOwnKey }: RootsToTrust) {
  const named = isOwnKey ? null : trustedKeys(keyFiles);
  const copies = new FolderRootStore(rootFolder);
  return async ({ firstRootBy, ...entries }: Entries) => {
    const names = await copies.names('roots');
    if (names.length === 0 && entries.noted === null) {
      throw new CommandError(
        `There is no root in ${rootFolder}, and none was noted: nothing is anchored yet. ${whenToTry(firstRootBy)}`,
      );
    }
    return verifyAudit({ ...entries, copies, keys: named ?? trustedKeys(keyFiles) });
  };
}

/** From when anchoring begins until there must be a root, at the most. */
const firstRootMilliseconds =
  segmentMilliseconds + graceMilliseconds + anchorSchedule.everyMinutes * minuteMilliseconds;

function whenToTry(firstRootBy: number | null): string {
  const within = `${firstRootMilliseconds / minuteMilliseconds} minutes`;
  if (firstRootBy === null)
    return `The first root is made within ${within} of the first start: try again after that.`;
  const left = Math.ceil((firstRootBy - Date.now()) / minuteMilliseconds);
  if (left > 0) return `Try again in ${left} ${left === 1 ? 'minute' : 'minutes'}.`;
  return 'The first root is overdue: it is made while npm start runs, on AWS by the schedule of the anchor function.';
}

async function fromExport(path: string): Promise<Entries> {
  const { since, until, anchored, items } = await readExport(path);
  return { partitions: new ItemsByPartition(items), noted: anchored, firstRootBy: null, from: since, until };
}

async function fromTable(client: DynamoDBDocumentClient, table: string): Promise<Entries> {
  // Before the roots are listed: what is noted must be among them.
  const anchor = await new DynamoAnchorStore(client, table).read();
  return {
    partitions: new DynamoAuditPartitions(client, table, { asTheyStand: true }),
    noted: anchor?.last ?? null,
    firstRootBy: anchor === null ? null : markBefore(Date.parse(anchor.beganAt)) + firstRootMilliseconds,
    from: null,
    until: new Date().toISOString(),
  };
}

function trustedKeys(files: readonly string[]): TrustedKeys {
  return new Map(
    files.map((file) => {
      const key = readKey(file);
      return [rootKeyId(key), (text: string, signature: string) => isSignedBy(key, text, signature)] as const;
    }),
  );
}

function readKey(file: string) {
  let pem: string;
  try {
    pem = readFileSync(file, 'utf8');
  } catch (error) {
    throw new CommandError(`There is no key to trust in ${file}: ${(error as NodeJS.ErrnoException).code}`);
  }
  try {
    return readPublicRootKey(pem);
  } catch {
    throw new CommandError(`${file} holds no public key of ECDSA on P-256 in PEM.`);
  }
}

function report(verification: AuditVerification, output: ResultOutput): boolean {
  const { damages, roots, covered, entries, notYetAnchored, uncovered } = verification;
  for (const damage of damages) output.log(describeDamage(damage));
  const period = covered === null ? 'nothing' : `${covered.from} until ${covered.until}`;
  output.log(`${roots} good roots; compared with the audit: ${period}`);
  output.log(`${entries} entries stand as they were anchored; not yet anchored: ${notYetAnchored}`);
  if (uncovered > 0) output.log(`${uncovered} entries that no good root speaks of`);
  output.log(damages.length === 0 ? 'Nothing was tampered with.' : `Damaged: ${damages.length} findings.`);
  return damages.length === 0;
}
