import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { removalPolicyOf, type StageConfig } from '../config/stage-config.ts';
import { AuditRoots } from '../constructs/audit-roots.ts';
import { ProductTable } from '../constructs/product-table.ts';
import { tables } from '../tables.ts';

export type TableName = keyof typeof tables;

export interface DataStackProps extends StackProps {
  readonly stage: StageConfig;
}

/** What outlives every deployment: the tables, the roots of the audit, and the keys of both. */
export class DataStack extends Stack {
  readonly tables: Readonly<Record<TableName, ProductTable>>;
  /** Wraps the data key of each resident and the keys of the index; the tables' own key opens neither. */
  readonly residentKey: Key;
  /** Wraps the keys that API keys are hashed under; the tables' own key does not open them. */
  readonly credentialsKey: Key;
  /** Roots of the audit, and what signs them. */
  readonly auditRoots: AuditRoots;

  constructor(scope: Construct, id: string, props: DataStackProps) {
    super(scope, id, props);
    const { stage } = props;

    const encryptionKey = new Key(this, 'DataKey', {
      description: 'Encrypts the tables of permit-eligibility',
      enableKeyRotation: true,
      // A table whose key is gone is gone: the key stays as long as the tables do.
      removalPolicy: removalPolicyOf(stage),
    });

    this.residentKey = new Key(this, 'ResidentKey', {
      description: 'Wraps the data keys of residents of permit-eligibility',
      enableKeyRotation: true,
      // Without it nobody in the register can be read any more, whatever is restored.
      removalPolicy: removalPolicyOf(stage),
    });
    new CfnOutput(this, 'ResidentKeyId', {
      value: this.residentKey.keyArn,
      description: 'ARN of the key that wraps the keys of residents: RESIDENT_KEY_ID for the tools',
    });

    this.credentialsKey = new Key(this, 'CredentialsKey', {
      description: 'Wraps the keys that API keys of permit-eligibility are hashed under',
      enableKeyRotation: true,
      // Without it no API key can be told from another, and all of them have to be made anew.
      removalPolicy: removalPolicyOf(stage),
    });
    new CfnOutput(this, 'CredentialsKeyId', {
      value: this.credentialsKey.keyArn,
      description: 'ARN of the key that wraps the keys of API key hashes: CREDENTIALS_KEY_ID for the tools',
    });

    this.auditRoots = new AuditRoots(this, 'AuditRoots', { stage });
    new CfnOutput(this, 'AuditRootBucketName', {
      value: this.auditRoots.bucket.bucketName,
      description: 'Where the signed roots of the audit lie under Object Lock',
    });
    new CfnOutput(this, 'AuditRootKeyArn', {
      value: this.auditRoots.signingKey.keyArn,
      description: 'ARN of the key that signs the roots of the audit: its public key verifies them',
    });

    this.tables = mapTables((name) => {
      const definition = tables[name];
      const table = new ProductTable(this, name, { definition, encryptionKey, stage });
      new CfnOutput(this, `${name.charAt(0).toUpperCase()}${name.slice(1)}TableName`, {
        value: table.table.tableName,
        description: `Physical name of the ${name} table: ${definition.environmentVariable} for the tools`,
      });
      return table;
    });
  }
}

function mapTables<T>(make: (name: TableName) => T): Record<TableName, T> {
  const names = Object.keys(tables) as TableName[];
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<TableName, T>;
}
