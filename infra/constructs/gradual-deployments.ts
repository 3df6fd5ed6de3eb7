import { Duration } from 'aws-cdk-lib';
import { type IAlarm, type IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import {
  type ILambdaDeploymentConfig,
  LambdaApplication,
  LambdaDeploymentConfig,
  LambdaDeploymentGroup,
} from 'aws-cdk-lib/aws-codedeploy';
import { Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Alias,
  type IFunction,
  type IVersion,
  type Function as LambdaFunction,
} from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { ProblemCode } from '../../shared/contract/problems.ts';
import { metricsNamespace, problemMetric } from '../../shared/observability/measures.ts';
import { runbooks } from '../config/runbooks.ts';
import type { StageConfig } from '../config/stage-config.ts';
import type { ProductFunctionName } from '../function-names.ts';
import { RunbookAlarm } from './runbook-alarm.ts';

/** A function with its name, in the construct that its alias and what watches it are put into. */
type Deployed = Construct & { readonly name: ProductFunctionName; readonly function: LambdaFunction };

/** What callers call: a version that was published and cannot change, not the code as it was last uploaded. */
const liveAlias = 'live';

/** Of what a new version is asked, in a minute. */
const toleratedFaultShare = 0.01;
/** As long as the API as a whole may take; without the start of a process, which Lambda does not count. */
const slowMilliseconds = 1500;
const minute = Duration.minutes(1);

/**
 * New versions of functions that callers wait for: published, given a part of the requests and then all of them (the
 * stage's `rollout`), and taken back by themselves when one of them fails or is slow meanwhile. Whether it is taken back is
 * told from metrics of the new version alone: faults of the version before must not keep out what mends them.
 */
export class GradualDeployments extends Construct {
  /** What takes a new version back. */
  readonly alarms: IAlarm[] = [];
  readonly #application: LambdaApplication;
  readonly #role: Role;
  readonly #policy: Policy;
  readonly #config: ILambdaDeploymentConfig;

  constructor(scope: Construct, id: string, { rollout }: Pick<StageConfig, 'rollout'>) {
    super(scope, id);
    this.#application = new LambdaApplication(this, 'Application');
    this.#role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('codedeploy.amazonaws.com') });
    this.#policy = new Policy(this, 'Policy', { roles: [this.#role] });
    this.#config =
      rollout === 'all-at-once'
        ? LambdaDeploymentConfig.ALL_AT_ONCE
        : LambdaDeploymentConfig[`CANARY_10PERCENT_${rollout.canaryMinutes}MINUTES`];
  }

  /** The alias `live` of a function, which every caller of it is to be given. */
  live(deployed: Deployed): IFunction {
    const { name, function: handler } = deployed;
    // Not kept when the next one has taken over: CloudFormation could not publish the same code again after a version of it
    // was taken back.
    const version = handler.currentVersion;
    // CDK's own types disagree under `exactOptionalPropertyTypes`, here and below.
    const alias = new Alias(deployed, 'Live', { aliasName: liveAlias, version: version as IVersion });
    const alarms = this.#watch(deployed, version.version);
    const group = new LambdaDeploymentGroup(this, name, {
      application: this.#application,
      alias,
      deploymentConfig: this.#config,
      alarms,
      // CDK would attach AWS's managed policy, by which every alias of the account may be moved.
      role: this.#role.withoutPolicyUpdates(),
      autoRollback: { failedDeployment: true, stoppedDeployment: true, deploymentInAlarm: true },
    });
    this.#allow(handler.functionArn, alarms);
    // In this order, so that the alarms look at the new version before it is asked anything.
    alias.node.addDependency(group, this.#policy, ...alarms);
    this.alarms.push(...alarms);
    return alias as IFunction;
  }

  #watch(deployed: Deployed, version: string): IAlarm[] {
    const { name, function: handler } = deployed;
    const dimensionsMap = {
      FunctionName: handler.functionName,
      // The alias's own name would make the alarms wait for the alias, which is to wait for them.
      Resource: `${handler.functionName}:${liveAlias}`,
      ExecutedVersion: version,
    };
    const lambda = (metricName: string, statistic: string) =>
      new Metric({ namespace: 'AWS/Lambda', metricName, statistic, period: minute, dimensionsMap });
    const faults = new RunbookAlarm(deployed, 'NewVersionFails', {
      summary: `The new version of the ${name} function fails, and is taken back.`,
      runbook: runbooks.newVersionTakenBack,
      metric: faultShare(name, version, lambda),
      threshold: toleratedFaultShare,
      // What the authorizer refused is subtracted, and told by its log: a minute later than Lambda tells of errors.
      evaluationPeriods: name === 'authorizer' ? 2 : 1,
    });
    const slow = new RunbookAlarm(deployed, 'NewVersionIsSlow', {
      summary: `One call in a hundred of the new version of the ${name} function took longer than ${slowMilliseconds} ms for three minutes, and it is taken back.`,
      runbook: runbooks.newVersionTakenBack,
      metric: lambda('Duration', 'p99'),
      threshold: slowMilliseconds,
      evaluationPeriods: 3,
    });
    return [faults.alarm, slow.alarm];
  }

  /** What the managed policy allows on everything, and CodeDeploy needs without hooks and files: here by name. */
  #allow(functionArn: string, alarms: readonly IAlarm[]): void {
    this.#policy.addStatements(
      new PolicyStatement({
        actions: ['lambda:GetAlias', 'lambda:GetProvisionedConcurrencyConfig', 'lambda:UpdateAlias'],
        resources: [functionArn, `${functionArn}:${liveAlias}`],
      }),
      new PolicyStatement({
        actions: ['cloudwatch:DescribeAlarms'],
        resources: alarms.map(({ alarmArn }) => alarmArn),
      }),
    );
  }
}

/**
 * How many of a version's calls came to nothing by its own fault: it crashed or ran out of time, or answered that something
 * inside is wrong or cannot be reached, as it does when it lacks a right or a variable.
 */
function faultShare(
  name: ProductFunctionName,
  version: string,
  lambda: (metricName: string, statistic: string) => IMetric,
): MathExpression {
  const answered = (code: ProblemCode) =>
    new Metric({
      namespace: metricsNamespace,
      metricName: problemMetric(code),
      statistic: 'Sum',
      period: minute,
      dimensionsMap: { service: name, version },
    });
  const invocations = lambda('Invocations', 'Sum');
  const errors = lambda('Errors', 'Sum');
  if (name === 'authorizer') {
    // It ends with an error for every bad credential, as the gateway wants it. These are the others.
    return new MathExpression({
      expression: '(errors - FILL(refused, 0)) / invocations',
      usingMetrics: { errors, refused: answered('unauthorized'), invocations },
      period: minute,
    });
  }
  return new MathExpression({
    // What never happened was never counted: adding with `+` would give nothing as soon as one is missing.
    expression: 'SUM([errors, internal, unavailable]) / invocations',
    usingMetrics: {
      errors,
      internal: answered('internal-error'),
      unavailable: answered('unavailable'),
      invocations,
    },
    period: minute,
  });
}
