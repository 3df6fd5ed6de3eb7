import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { environmentSchema as StreamEnvironment } from '../../functions/stream/env.ts';
import type { streamedTables } from '../../functions/stream/streamed-tables.ts';
import { removalPolicyOf, type StageConfig } from '../config/stage-config.ts';
import { AnchorFunction } from '../constructs/anchor-function.ts';
import type { AuditRoots } from '../constructs/audit-roots.ts';
import { FileImport } from '../constructs/file-import.ts';
import { LogKey } from '../constructs/log-key.ts';
import type { ProductTable } from '../constructs/product-table.ts';
import { StreamFunction } from '../constructs/stream-function.ts';
import { appendAccess } from '../constructs/table-access.ts';
import type { StreamedTableName } from '../tables.ts';
import type { TableName } from './data-stack.ts';

export interface BackgroundStackProps extends StackProps {
  readonly stage: StageConfig;
  readonly tables: Readonly<Record<TableName, ProductTable>>;
  /** Wraps the keys of residents. */
  readonly residentKey: IKey;
  readonly auditRoots: AuditRoots;
  /** The bundled code of a function. */
  readonly codeOf: (name: 'anchor' | 'import' | 'stream') => Code;
}

/** Every table with a stream; one that the function does not describe does not compile, and the other way round. */
type Sources = Readonly<Record<StreamedTableName | keyof typeof streamedTables, ProductTable>>;

/** What goes on without a caller that waits for it. Holds nothing that cannot be made anew but dead letters and what bureaus dropped. */
export class BackgroundStack extends Stack {
  readonly stream: StreamFunction<typeof StreamEnvironment>;
  readonly import: FileImport;
  readonly anchor: AnchorFunction;

  constructor(scope: Construct, id: string, props: BackgroundStackProps) {
    super(scope, id, props);
    const { stage, tables, residentKey, auditRoots, codeOf } = props;
    const logKey = new LogKey(this, 'LogKey', removalPolicyOf(stage)).key;
    const { policies, residents, decisions } = tables;
    const sources: Sources = { policies, residents, decisions };
    this.stream = new StreamFunction<typeof StreamEnvironment>(this, 'stream', {
      name: 'stream',
      stage,
      logKey,
      code: codeOf('stream'),
      environment: {
        AUDIT_TABLE: appendAccess(tables.audit),
        POLICIES_TABLE: policies.table.tableName,
        RESIDENTS_TABLE: residents.table.tableName,
        DECISIONS_TABLE: decisions.table.tableName,
      },
      sources,
    });

    this.anchor = new AnchorFunction(this, 'anchor', {
      stage,
      logKey,
      code: codeOf('anchor'),
      audit: tables.audit,
      auditRoots,
    });

    this.import = new FileImport(this, 'import', {
      stage,
      logKey,
      code: codeOf('import'),
      residents,
      residentKey,
    });
    const { bucket, encryptionKey } = this.import.bucket;
    new CfnOutput(this, 'ImportBucketName', {
      value: bucket.bucketName,
      description: 'Where bureaus drop files, and mappings and reports lie',
    });
    new CfnOutput(this, 'ImportKeyArn', {
      value: encryptionKey.keyArn,
      description: 'ARN of the key that encrypts what is dropped: a bureau needs kms:GenerateDataKey on it',
    });
  }
}
