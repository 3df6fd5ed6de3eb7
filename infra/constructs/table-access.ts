import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ProductTable } from './product-table.ts';

/**
 * What a function may do with a table. There is no mode that deletes or scans: the stores only ever
 * add items and read them by key.
 */
type AccessMode = 'read' | 'read-update' | 'read-write' | 'append';

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

/** Lets a function put items into a table and see none. That they only ever add is up to the store's conditions. */
export function appendAccess(table: ProductTable): TableAccess {
  return { table, mode: 'append' };
}

const actionsOf = {
  read: ['dynamodb:GetItem', 'dynamodb:Query'],
  'read-update': ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
  'read-write': [
    'dynamodb:GetItem',
    'dynamodb:Query',
    'dynamodb:ConditionCheckItem',
    'dynamodb:PutItem',
    'dynamodb:UpdateItem',
  ],
  append: ['dynamodb:PutItem'],
} as const satisfies Record<AccessMode, readonly string[]>;
const decryptActions = ['kms:Decrypt', 'kms:DescribeKey'];
const encryptActions = ['kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'];

/**
 * Writes the rights into the caller's own policy. The grants of CDK's `Table` are not used: they carry
 * scans, deletes and `kms:ReEncrypt*`, and reach every index by `/index/*`.
 */
export function grantTableAccess({ table, mode, partitions }: TableAccess, grantee: IGrantable): void {
  const writes = mode !== 'read';
  for (const statement of [
    new PolicyStatement({
      actions: [...actionsOf[mode]],
      resources: table.resourceArns,
      ...(partitions !== undefined && {
        conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': partitions } },
      }),
    }),
    new PolicyStatement({
      actions: writes ? [...decryptActions, ...encryptActions] : decryptActions,
      resources: [table.encryptionKey.keyArn],
    }),
  ]) {
    grantee.grantPrincipal.addToPrincipalPolicy(statement);
  }
}
