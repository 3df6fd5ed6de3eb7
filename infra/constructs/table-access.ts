import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { auditAnchorKey } from '../../shared/stores/dynamodb/audit-anchor-items.ts';
import type { ProductTable } from './product-table.ts';

/**
 * What a function may do with a table. There is no mode that deletes or scans: the stores only ever
 * add items and read them by key.
 */
type AccessMode =
  | 'read'
  | 'read-update'
  | 'read-write'
  | 'read-write-lists'
  | 'append'
  | 'append-watched'
  | 'append-and-list'
  | 'anchor';

/** A table as the value of an environment variable: the variable gets its name, the function's role the rights. */
export interface TableAccess {
  readonly table: ProductTable;
  readonly mode: AccessMode;
  /** Patterns of the partition keys that may be reached; all when absent. */
  readonly partitions?: readonly string[] | undefined;
}

/** Lets a function read a table by key. */
export function readAccess(table: ProductTable, partitions?: readonly string[]): TableAccess {
  return { table, mode: 'read', partitions };
}

/** Lets a function read a table by key and update the items there are. */
export function readUpdateAccess(table: ProductTable): TableAccess {
  return { table, mode: 'read-update' };
}

/** Lets a function read a table by key and put or update its items. */
export function readWriteAccess(table: ProductTable, partitions?: readonly string[]): TableAccess {
  return { table, mode: 'read-write', partitions };
}

/** The same, and lets it read many items by key at once, as lists of them are. */
export function readWriteListsAccess(table: ProductTable): TableAccess {
  return { table, mode: 'read-write-lists' };
}

/**
 * Lets a function put entries into the audit and see none, nor say how far it is anchored. That it only ever adds is up to
 * the store's conditions.
 */
export function appendAccess(table: ProductTable): TableAccess {
  return { table, mode: 'append' };
}

/** The same, and lets it read how far the audit is anchored, and nothing else of it. */
export function appendWatchedAccess(table: ProductTable): TableAccess {
  return { table, mode: 'append-watched' };
}

/** Lets a function put entries into the audit, and list the looks at one person. */
export function appendAndListAccess(table: ProductTable): TableAccess {
  return { table, mode: 'append-and-list' };
}

/** Lets a function read the audit and say how far it is anchored; no entry can it add, change or remove. */
export function anchorAccess(table: ProductTable): TableAccess {
  return { table, mode: 'anchor' };
}

/** Some actions; on items of these partitions alone, where there are any named (`*` for any characters). */
interface TableRight {
  readonly actions: readonly string[];
  readonly partitions?: readonly string[];
}

/** The partitions of the audit: `shared/stores/dynamodb/audit-items.ts` and `audit-anchor-items.ts`. */
const entryPartitions = ['ENTRIES#*', 'ENTRY#*', 'ACCESSES#*'];
const anchorPartitions = [auditAnchorKey.pk];

const readWrite = [
  'dynamodb:GetItem',
  'dynamodb:Query',
  'dynamodb:ConditionCheckItem',
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
] as const;
const append = { actions: ['dynamodb:PutItem'], partitions: entryPartitions } as const;

const rightsOf = {
  read: [{ actions: ['dynamodb:GetItem', 'dynamodb:Query'] }],
  'read-update': [{ actions: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:UpdateItem'] }],
  'read-write': [{ actions: readWrite }],
  'read-write-lists': [{ actions: [...readWrite, 'dynamodb:BatchGetItem'] }],
  append: [append],
  'append-watched': [append, { actions: ['dynamodb:GetItem'], partitions: anchorPartitions }],
  'append-and-list': [
    append,
    { actions: ['dynamodb:Query'], partitions: ['ACCESSES#*'] },
    { actions: ['dynamodb:BatchGetItem'], partitions: ['ENTRIES#*'] },
  ],
  anchor: [
    { actions: ['dynamodb:Query'], partitions: ['ENTRIES#*'] },
    {
      actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      partitions: anchorPartitions,
    },
  ],
} as const satisfies Record<AccessMode, readonly TableRight[]>;
const decryptActions = ['kms:Decrypt', 'kms:DescribeKey'];
const encryptActions = ['kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'];

/**
 * Writes the rights into the caller's own policy. The grants of CDK's `Table` are not used: they carry
 * scans, deletes and `kms:ReEncrypt*`, and reach every index by `/index/*`.
 */
export function grantTableAccess({ table, mode, partitions: all }: TableAccess, grantee: IGrantable): void {
  const rights: readonly TableRight[] = rightsOf[mode];
  const writes = rights.some(({ actions }) => actions.some((action) => /:(Put|Update)Item$/.test(action)));
  for (const statement of [
    ...rights.map(
      ({ actions, partitions = all }) =>
        new PolicyStatement({
          actions: [...actions],
          resources: table.resourceArns,
          ...(partitions && {
            conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...partitions] } },
          }),
        }),
    ),
    new PolicyStatement({
      actions: writes ? [...decryptActions, ...encryptActions] : decryptActions,
      resources: [table.encryptionKey.keyArn],
    }),
  ]) {
    grantee.grantPrincipal.addToPrincipalPolicy(statement);
  }
}
