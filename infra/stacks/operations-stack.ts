import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IAlarm,
  type IWidget,
  Metric,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { metricsNamespace, problemMetric } from '../../shared/observability/measures.ts';
import type { StageConfig } from '../config/stage-config.ts';
import { AlarmTopic } from '../constructs/alarm-topic.ts';
import { AnchorAlarm } from '../constructs/anchor-alarm.ts';
import { ApiAlarms } from '../constructs/api-alarms.ts';
import { DecisionAlarm } from '../constructs/decision-alarm.ts';
import type { FileImport } from '../constructs/file-import.ts';
import { FunctionAlarms } from '../constructs/function-alarms.ts';
import { ImportAlarms } from '../constructs/import-alarms.ts';
import { KeyExpiryAlarm } from '../constructs/key-expiry-alarm.ts';
import { PartnerAlarms } from '../constructs/partner-alarms.ts';
import { RollBackAlarm } from '../constructs/roll-back-alarm.ts';
import { RunbookAlarm } from '../constructs/runbook-alarm.ts';
import { StreamAlarms } from '../constructs/stream-alarms.ts';
import { TableAlarms } from '../constructs/table-alarms.ts';
import type { WebAcl } from '../constructs/web-acl.ts';

export interface OperationsStackProps extends StackProps {
  readonly stage: StageConfig;
  readonly restApi: RestApi;
  readonly webAcl: Pick<WebAcl, 'metricOfAddresses'>;
  readonly functions: Readonly<Record<string, IFunction>>;
  readonly authorizer: IFunction;
  /** What takes new versions of the functions back. */
  readonly rollBackAlarms: readonly IAlarm[];
  /** Those of the functions that are told of the changes of tables. */
  readonly streams: Readonly<Record<string, { readonly function: IFunction; readonly deadLetters: IQueue }>>;
  /** Functions of their own that carry out what is dropped, with their queues. */
  readonly imports: Readonly<Record<string, Pick<FileImport, 'function' | 'queue' | 'deadLetters'>>>;
  readonly tables: Readonly<Record<string, Table>>;
}

/** What operators look at and are woken by: an alarm topic, alarms with their runbooks, one dashboard. */
export class OperationsStack extends Stack {
  constructor(scope: Construct, id: string, props: OperationsStackProps) {
    super(scope, id, props);
    const { stage, restApi, webAcl } = props;
    const { topic } = new AlarmTopic(this, 'AlarmTopic');
    new CfnOutput(this, 'AlarmTopicArn', {
      value: topic.topicArn,
      description: 'Subscribe here to be told of alarms',
    });

    const api = new ApiAlarms(this, 'Api', { restApi, webAcl, stage, topic });
    for (const [name, handler] of Object.entries(props.functions)) {
      new FunctionAlarms(this, `function-${name}`, { name, function: handler, topic });
    }
    new FunctionAlarms(this, 'function-authorizer', {
      name: 'authorizer',
      function: props.authorizer,
      // It ends with an error for every bad credential, as the gateway wants it. These are the others.
      errors: new Metric({
        namespace: metricsNamespace,
        metricName: problemMetric('unavailable'),
        dimensionsMap: { service: 'authorizer' },
        period: Duration.minutes(5),
        statistic: 'Sum',
      }),
      topic,
    });
    for (const [name, { function: handler, deadLetters }] of Object.entries(props.streams)) {
      new StreamAlarms(this, `stream-${name}`, { name, function: handler, deadLetters, topic });
    }
    for (const [name, parts] of Object.entries(props.imports)) {
      new FunctionAlarms(this, `function-${name}`, { name, function: parts.function, topic });
      new ImportAlarms(this, `import-${name}`, { name, ...parts, topic });
    }
    for (const [name, table] of Object.entries(props.tables)) {
      new TableAlarms(this, `table-${name}`, { name, table, topic });
    }

    new DecisionAlarm(this, 'Decisions', { topic });
    const { age } = new AnchorAlarm(this, 'Anchor', { topic });
    new PartnerAlarms(this, 'Partners', { topic });
    new KeyExpiryAlarm(this, 'KeyExpiry', { topic });
    const { alarm: rollBack } = new RollBackAlarm(this, 'RollBack', {
      alarms: props.rollBackAlarms,
      stage,
      topic,
    });

    const alarms = this.node.findAll().filter((construct) => construct instanceof RunbookAlarm);
    new Dashboard(this, 'Dashboard', {
      dashboardName: `permit-eligibility-${stage.name}`,
      widgets: [
        [
          new AlarmStatusWidget({
            title: 'Alarms',
            width: 24,
            alarms: [rollBack, ...alarms.map(({ alarm }) => alarm)],
          }),
        ],
        apiWidgets(api),
        functionWidgets({ ...props.functions, authorizer: props.authorizer }),
        ...Object.values(props.imports).map(importWidgets),
        [new GraphWidget({ title: 'Age of the newest root of the audit, s', width: 8, left: [age] })],
      ],
    });
  }
}

function apiWidgets(api: ApiAlarms): IWidget[] {
  return [
    new GraphWidget({ title: 'Requests a minute', width: 8, left: [api.requests] }),
    new GraphWidget({ title: 'Share of 5xx', width: 8, left: [api.errorShare] }),
    new GraphWidget({ title: 'Latency, ms', width: 8, left: [api.latency] }),
  ];
}

/** By itself: beside minutes, nobody would see the milliseconds of the other functions. */
function importWidgets({
  function: handler,
  queue,
  deadLetters,
}: OperationsStackProps['imports'][string]): IWidget[] {
  return [
    new GraphWidget({
      title: 'Dropped files',
      width: 8,
      left: [
        queue.metricApproximateNumberOfMessagesVisible({ label: 'waiting' }),
        queue.metricApproximateNumberOfMessagesNotVisible({ label: 'being imported' }),
        deadLetters.metricApproximateNumberOfMessagesVisible({ label: 'dead letters' }),
      ],
    }),
    new GraphWidget({
      title: 'Age of the oldest dropped file, s',
      width: 8,
      left: [queue.metricApproximateAgeOfOldestMessage()],
    }),
    new GraphWidget({
      title: 'Import runs, ms',
      width: 8,
      left: [handler.metricDuration({ label: 'longest', statistic: 'Maximum' })],
      right: [handler.metricErrors({ label: 'errors' })],
    }),
  ];
}

function functionWidgets(functions: OperationsStackProps['functions']): IWidget[] {
  const each = (metric: (handler: IFunction, label: string) => ReturnType<IFunction['metricErrors']>) =>
    Object.entries(functions).map(([name, handler]) => metric(handler, name));
  return [
    new GraphWidget({
      title: 'Function duration p99, ms',
      width: 8,
      left: each((handler, label) => handler.metricDuration({ label, statistic: 'p99' })),
    }),
    new GraphWidget({
      title: 'Concurrent executions',
      width: 8,
      left: each((handler, label) => handler.metric('ConcurrentExecutions', { label, statistic: 'Maximum' })),
    }),
    new GraphWidget({
      title: 'Function errors and throttles',
      width: 8,
      left: each((handler, label) => handler.metricErrors({ label })),
      right: each((handler, label) => handler.metricThrottles({ label: `${label} throttled` })),
    }),
  ];
}
