import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ProductTable } from './product-table.ts';

/**
 * What a function may do with a table. There is no mode that deletes or scans: the stores only ever
 * add items and read them by key.
 */
type AccessMode = 'read' | 'read-update' | 'read-write' | 'read-write-lists' | 'read-append' | 'append';

/** A table as the value of an environment variable: the variable gets its name, the function's role the rights. */
export interface TableAccess {
  readonly table: ProductTable;
  readonly mode: AccessMode;
}

/** Lets a function read a table by key. */
export function readAccess(table: ProductTable): TableAccess {
  return { table, mode: 'read' };
}

/** Lets a function read a table by key and update the items there are. */
export function readUpdateAccess(table: ProductTable): TableAccess {
  return { table, mode: 'read-update' };
}

/** Lets a function read a table by key and put or update its items. */
export function readWriteAccess(table: ProductTable): TableAccess {
  return { table, mode: 'read-write' };
}

/** The same, and lets it read many items by key at once, as lists of them are. */
export function readWriteListsAccess(table: ProductTable): TableAccess {
  return { table, mode: 'read-write-lists' };
}

/** Lets a function put items into a table and see none. That they only ever add is up to the store's conditions. */
export function appendAccess(table: ProductTable): TableAccess {
  return { table, mode: 'append' };
}

/** Lets a function put items into a table and read it by key. That it only ever adds is up to the store's conditions. */
export function readAppendAccess(table: ProductTable): TableAccess {
  return { table, mode: 'read-append' };
}

const readWrite = [
  'dynamodb:GetItem',
  'dynamodb:Query',
  'dynamodb:ConditionCheckItem',
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
] as const;

const actionsOf = {
  read: ['dynamodb:GetItem', 'dynamodb:Query'],
  'read-update': ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
  'read-write': readWrite,
  'read-write-lists': [...readWrite, 'dynamodb:BatchGetItem'],
  'read-append': ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:PutItem'],
  append: ['dynamodb:PutItem'],
} as const satisfies Record<AccessMode, readonly string[]>;
const decryptActions = ['kms:Decrypt', 'kms:DescribeKey'];
const encryptActions = ['kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'];

/**
 * Writes the rights into the caller's own policy. The grants of CDK's `Table` are not used: they carry
 * scans, deletes and `kms:ReEncrypt*`, and reach every index by `/index/*`.
 */
export function grantTableAccess({ table, mode }: TableAccess, grantee: IGrantable): void {
  const writes = mode !== 'read';
  for (const statement of [
    new PolicyStatement({
      actions: [...actionsOf[mode]],
      resources: table.resourceArns,
    }),
    new PolicyStatement({
      actions: writes ? [...decryptActions, ...encryptActions] : decryptActions,
      resources: [table.encryptionKey.keyArn],
    }),
  ]) {
    grantee.grantPrincipal.addToPrincipalPolicy(statement);
  }
}
