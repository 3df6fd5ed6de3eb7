import {
  type Attribute,
  AttributeType,
  BillingMode,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { removalPolicyOf, type StageConfig } from '../config/stage-config.ts';
import type { KeyAttribute, TableDefinition } from '../tables.ts';

export interface ProductTableProps {
  readonly definition: TableDefinition;
  readonly encryptionKey: IKey;
  readonly stage: StageConfig;
}

/** The longest period DynamoDB restores a table to any second of. */
const recoveryDays = 35;

/** A DynamoDB table made from its definition: on demand, under a key of ours, restorable to any second of 35 days. */
export class ProductTable extends Construct {
  readonly definition: TableDefinition;
  readonly table: Table;
  /** What a reader's role needs besides the table: DynamoDB decrypts in the caller's name. */
  readonly encryptionKey: IKey;

  constructor(scope: Construct, id: string, props: ProductTableProps) {
    super(scope, id);
    const { definition, encryptionKey, stage } = props;
    this.definition = definition;
    this.encryptionKey = encryptionKey;
    this.table = new Table(this, 'Table', {
      ...keys(definition),
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey,
      pointInTimeRecoverySpecification: {
        pointInTimeRecoveryEnabled: true,
        recoveryPeriodInDays: recoveryDays,
      },
      deletionProtection: stage.keepData,
      removalPolicy: removalPolicyOf(stage),
      ...(definition.timeToLiveAttribute && { timeToLiveAttribute: definition.timeToLiveAttribute }),
      ...(definition.stream && { stream: streamViewTypes[definition.stream] }),
    });
    for (const index of definition.indexes) {
      this.table.addGlobalSecondaryIndex({ indexName: index.name, ...keys(index) });
    }
  }

  /** The ARNs a caller of this table names: the table and each of its indexes, never a pattern. */
  get resourceArns(): string[] {
    const { tableArn } = this.table;
    return [tableArn, ...this.definition.indexes.map((index) => `${tableArn}/index/${index.name}`)];
  }
}

const attributeTypes = {
  string: AttributeType.STRING,
  number: AttributeType.NUMBER,
  binary: AttributeType.BINARY,
} as const satisfies Record<KeyAttribute['type'], AttributeType>;

const streamViewTypes = {
  'keys-only': StreamViewType.KEYS_ONLY,
  'new-image': StreamViewType.NEW_IMAGE,
  'old-image': StreamViewType.OLD_IMAGE,
  'new-and-old-images': StreamViewType.NEW_AND_OLD_IMAGES,
} as const satisfies Record<NonNullable<TableDefinition['stream']>, StreamViewType>;

function keys(source: { readonly partitionKey: KeyAttribute; readonly sortKey?: KeyAttribute }) {
  return {
    partitionKey: attribute(source.partitionKey),
    ...(source.sortKey && { sortKey: attribute(source.sortKey) }),
  };
}

function attribute({ name, type }: KeyAttribute): Attribute {
  return { name, type: attributeTypes[type] };
}
