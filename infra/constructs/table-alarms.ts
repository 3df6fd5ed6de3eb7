import { Duration } from 'aws-cdk-lib';
import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { Operation, type Table } from 'aws-cdk-lib/aws-dynamodb';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { runbooks } from '../config/runbooks.ts';
import { RunbookAlarm } from './runbook-alarm.ts';

export interface TableAlarmsProps {
  readonly name: string;
  readonly table: Table;
  readonly topic: ITopic;
}

/** What the stores ask of DynamoDB; its system errors are counted by operation only. */
const operations = [
  Operation.GET_ITEM,
  Operation.QUERY,
  Operation.PUT_ITEM,
  Operation.UPDATE_ITEM,
  Operation.TRANSACT_WRITE_ITEMS,
];

/** When DynamoDB holds a table's requests back or fails them. */
export class TableAlarms extends Construct {
  constructor(scope: Construct, id: string, { name, table, topic }: TableAlarmsProps) {
    super(scope, id);
    const period = Duration.minutes(5);
    // Each of these counts exists only while it is not zero. Adding them with `+` would give nothing as
    // soon as one is missing; SUM over all of them leaves out what is missing.
    const sum = (usingMetrics: MathExpression['usingMetrics']) =>
      new MathExpression({ expression: 'SUM(METRICS())', usingMetrics, period });
    const count = (metricName: string, dimensionsMap?: Record<string, string>) =>
      table.metric(metricName, {
        period,
        statistic: 'Sum',
        ...(dimensionsMap && { dimensionsMap: { TableName: table.tableName, ...dimensionsMap } }),
      });

    new RunbookAlarm(this, 'Throttles', {
      summary: `DynamoDB held back requests to the ${name} table.`,
      runbook: runbooks.tableThrottles,
      topic,
      metric: sum({ reads: count('ReadThrottleEvents'), writes: count('WriteThrottleEvents') }),
      threshold: 0,
      evaluationPeriods: 2,
    });
    new RunbookAlarm(this, 'SystemErrors', {
      summary: `DynamoDB failed requests to the ${name} table.`,
      runbook: runbooks.tableSystemErrors,
      topic,
      metric: sum(
        Object.fromEntries(
          operations.map((operation) => [
            operation.charAt(0).toLowerCase() + operation.slice(1),
            count('SystemErrors', { Operation: operation }),
          ]),
        ),
      ),
      threshold: 0,
      evaluationPeriods: 2,
    });
  }
}
