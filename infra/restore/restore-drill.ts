import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { ChangeEntry } from '../../shared/domain/audit/audit-entry.ts';
import type { KeyStore } from '../../shared/security/key-store.ts';
import { DynamoAuditStore } from '../../shared/stores/dynamodb/dynamo-audit-store.ts';
import { DynamoIndexKeys } from '../../shared/stores/dynamodb/dynamo-index-keys.ts';
import { createResidentEraser } from '../../shared/stores/dynamodb/resident-eraser.ts';
import { type TableName, tables } from '../tables.ts';
import { decisionsSince } from './decisions-since.ts';
import { type Finding, isMissing } from './finding.ts';
import { type MissingSettingsOptions, missingSettings } from './missing-settings.ts';
import { partnersSince } from './partners-since.ts';
import { policiesSince } from './policies-since.ts';
import { residentsSince } from './residents-since.ts';
import type { RestoredTable } from './restored-table.ts';
import { countItems, replaySome } from './verify-restored.ts';

export interface RestoreDrillOptions extends Pick<MissingSettingsOptions, 'pause'> {
  readonly client: DynamoDBDocumentClient;
  /** The one that wraps the data keys of residents. */
  readonly keyStore: KeyStore;
  /** Which table was restored. */
  readonly table: TableName;
  /** The name it was restored under. */
  readonly restored: string;
  /** The physical names of the live tables. */
  readonly liveName: (table: TableName) => string;
  /** False: the live table of `table` is gone, or not to be believed. */
  readonly hasLive: boolean;
  /** The restore point, RFC 3339. */
  readonly since: string;
  readonly until: string;
  /** False: nothing is changed. */
  readonly apply: boolean;
  /** How many decisions are decided again. */
  readonly decisions: number;
  /** Compares a restored audit with its roots; null: they are not at hand. */
  readonly verifyAudit: ((table: string) => Promise<boolean>) | null;
  readonly print: (line: string) => void;
}

/** Clocks of whoever restores and of whoever records differ by less. */
const marginMilliseconds = 5 * 60_000;

/**
 * Says what a restored table lacks of what was so since, puts right what a program can, and looks at what it can of the rest.
 *
 * @returns whether the table lacks nothing. After a run that changed nothing this is what the next one would find.
 * @throws CommandError when there is no such table; the stores' errors when one does not answer.
 */
export async function restoreDrill(options: RestoreDrillOptions): Promise<boolean> {
  const { restored, table, apply, print } = options;
  const opened = await openRestored(options);
  let findings = await findingsOf(options, opened);
  for (const finding of findings) print(line(finding, apply));
  if (apply) {
    for (const finding of findings) await finding.apply?.();
    findings = await findingsOf(options, opened);
    for (const finding of findings.filter((one) => one.apply !== undefined)) {
      print(`STILL       ${finding.text}`);
    }
  }
  const isWell = await verify(options, findings);
  const missing = findings.filter(isMissing);
  const byProgram = missing.filter((finding) => finding.apply !== undefined).length;
  if (missing.length === 0 && isWell) {
    print(`${restored} lacks nothing that ${table} had and that can be had again.`);
    return true;
  }
  const again = byProgram > 0 && !apply ? ' Run again with --apply.' : '';
  const byHand = missing.length - byProgram;
  print(
    `Not to be used yet. For a program: ${byProgram}; for a person: ${byHand}${isWell ? '' : '; and what was looked at above is not as it should be'}.${again}`,
  );
  return false;
}

async function openRestored(options: RestoreDrillOptions): Promise<RestoredTable> {
  const { client, restored, table, hasLive, liveName } = options;
  return {
    client,
    restored,
    live: hasLive ? liveName(table) : null,
    changes: await changesSince(options),
  };
}

/** Changes of records and places come with those of what they are made of: they would be half of all. */
const kindsLookedAt = new Set([
  'policy-version',
  'resident-key',
  'erased-resident',
  'register-event',
  'decision',
  'consent',
  'review',
]);

/** From the live audit; of the audit itself it knows nothing. */
async function changesSince({
  client,
  table,
  liveName,
  since,
  until,
}: RestoreDrillOptions): Promise<ChangeEntry[]> {
  if (!('stream' in tables[table])) return [];
  const changes: ChangeEntry[] = [];
  const audit = new DynamoAuditStore(client, liveName('audit'));
  const from = new Date(Date.parse(since) - marginMilliseconds).toISOString();
  for await (const { entry } of audit.list({ since: from, until })) {
    // Of an unknown kind no key is kept, so that nothing can be looked up. The others are not looked at.
    if (entry.type !== 'change' || entry.table !== table || entry.key === null) continue;
    if (kindsLookedAt.has(entry.kind)) changes.push(entry);
  }
  return changes;
}

async function findingsOf(options: RestoreDrillOptions, table: RestoredTable): Promise<Finding[]> {
  const { client, restored, pause } = options;
  const settings = await missingSettings({
    client,
    definition: tables[options.table],
    restored,
    live: table.live,
    ...(pause !== undefined && { pause }),
  });
  // Of another table nothing else can be said, and nothing in it is to be changed.
  const wrong = settings.filter(({ kind }) => kind === 'WRONG');
  if (wrong.length > 0) return wrong;
  return [...settings, ...(await sinceFindings(options, table))];
}

function sinceFindings({ keyStore, ...options }: RestoreDrillOptions, table: RestoredTable) {
  const { client, restored } = table;
  switch (options.table) {
    case 'residents':
      return residentsSince(
        table,
        createResidentEraser(client, restored, keyStore, new DynamoIndexKeys(client, restored, keyStore)),
      );
    case 'partners':
      return partnersSince(table);
    case 'decisions':
      return decisionsSince(table);
    case 'policies':
      return policiesSince(table);
    case 'audit':
      return [
        {
          kind: 'LOST',
          text: 'entries recorded since are not in it: keep the table that is replaced, or an export of it (npm run audit -- export)',
        } as const,
      ];
  }
}

/** Counts, reads and decides again; nothing of who is still to be erased is opened. */
async function verify(options: RestoreDrillOptions, findings: readonly Finding[]): Promise<boolean> {
  const { client, keyStore, table, restored, liveName, hasLive, decisions, print } = options;
  const counts = await countItems(client, restored, table);
  const live = hasLive ? await countItems(client, liveName(table), table) : null;
  const types = new Set([...counts.byType.keys(), ...(live?.byType.keys() ?? [])]);
  for (const type of [...types].sort()) {
    const beside = live === null ? '' : `, live ${live.byType.get(type) ?? 0}`;
    print(`COUNT       ${type}: ${counts.byType.get(type) ?? 0}${beside}`);
  }
  if (counts.unreadable > 0)
    print(`UNREADABLE  ${counts.unreadable} items are of no form this version reads`);
  let isWell = counts.unreadable === 0;

  if (table === 'audit') {
    if (options.verifyAudit === null) print('AUDIT       not compared: name the copy of the roots (--roots)');
    isWell = ((await options.verifyAudit?.(restored)) ?? false) && isWell;
  } else if (findings.some(({ kind }) => kind === 'ERASURE')) {
    print('REPLAYED    nothing: before that, whoever was erased is erased again');
  } else if (table !== 'partners') {
    const names = { ...liveNames(liveName), [table]: restored };
    const { identical, different } = await replaySome(client, names, keyStore, decisions);
    print(`REPLAYED    ${identical} decisions came out as they were, to the byte`);
    for (const id of different) print(`DIFFERS     ${id}`);
    isWell = different.length === 0 && isWell;
  }
  return isWell;
}

function liveNames(liveName: RestoreDrillOptions['liveName']) {
  return {
    audit: liveName('audit'),
    decisions: liveName('decisions'),
    policies: liveName('policies'),
    residents: liveName('residents'),
  };
}

function line({ kind, text, apply }: Finding, applied: boolean): string {
  const done = apply === undefined ? '' : applied ? ' (done now)' : ' (can be done: --apply)';
  return `${`${kind}          `.slice(0, 12)}${text}${done}`;
}
