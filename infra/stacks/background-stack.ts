import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { environmentSchema as StreamEnvironment } from '../../functions/stream/env.ts';
import type { streamedTables } from '../../functions/stream/streamed-tables.ts';
import { removalPolicyOf, type StageConfig } from '../config/stage-config.ts';
import { LogKey } from '../constructs/log-key.ts';
import type { ProductTable } from '../constructs/product-table.ts';
import { StreamFunction } from '../constructs/stream-function.ts';
import { appendAccess } from '../constructs/table-access.ts';
import type { StreamedTableName } from '../tables.ts';
import type { TableName } from './data-stack.ts';

export interface BackgroundStackProps extends StackProps {
  readonly stage: StageConfig;
  readonly tables: Readonly<Record<TableName, ProductTable>>;
  /** The bundled code of a function. */
  readonly codeOf: (name: 'stream') => Code;
}

/** Every table with a stream; one that the function does not describe does not compile, and the other way round. */
type Sources = Readonly<Record<StreamedTableName | keyof typeof streamedTables, ProductTable>>;

/** What goes on without a caller that waits for it. Holds nothing that cannot be made anew but dead letters. */
export class BackgroundStack extends Stack {
  readonly stream: StreamFunction<typeof StreamEnvironment>;

  constructor(scope: Construct, id: string, props: BackgroundStackProps) {
    super(scope, id, props);
    const { stage, tables, codeOf } = props;
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
  }
}
