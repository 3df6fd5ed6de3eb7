import { type Duration, Stack } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import type { StageConfig } from '../config/stage-config.ts';

export interface WebAclProps {
  readonly stage: StageConfig;
  readonly restApi: RestApi;
}

/** Those that API Gateway knows; what a path does not have of them is answered with 404 or 405. */
const knownMethods = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'] as const;

const rules = { requestsPerAddress: 'requests-per-address', unknownMethods: 'unknown-methods' } as const;

/**
 * What stands before the API: rules of our own alone, the same in both partitions. One address cannot have more than its part
 * of what the API lets through, and methods nobody has are not let in. No body is looked at: WAF reads 64 KB of it at most,
 * which the contract's limit is far above (`shared/contract/limits.ts`), and the functions refuse what is too large by name.
 *
 * Neither logged nor sampled: both would keep addresses and credentials of callers. It is counted, a rule at a time.
 */
export class WebAcl extends Construct {
  readonly #name: string;
  readonly #mode: StageConfig['webAcl']['mode'];

  constructor(scope: Construct, id: string, { stage, restApi }: WebAclProps) {
    super(scope, id);
    const { mode, requestsPerAddress } = stage.webAcl;
    this.#mode = mode;
    this.#name = `permit-eligibility-${stage.name}`;
    const acl = new CfnWebACL(this, 'WebAcl', {
      name: this.#name,
      description: 'What is let in to the API of permit-eligibility',
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: visibilityOf(this.#name),
      rules: [
        this.#rule(0, rules.requestsPerAddress, {
          // Over five minutes, which is what WAF does without being told.
          rateBasedStatement: { aggregateKeyType: 'IP', limit: requestsPerAddress },
        }),
        this.#rule(1, rules.unknownMethods, {
          notStatement: { statement: { orStatement: { statements: knownMethods.map(isMethod) } } },
        }),
      ],
    });
    new CfnWebACLAssociation(this, 'Association', {
      resourceArn: restApi.deploymentStage.stageArn,
      webAclArn: acl.attrArn,
    });
  }

  /** Requests of addresses that ask more than their part: refused, or where rules only count, let through all the same. */
  metricOfAddresses(period: Duration): Metric {
    return new Metric({
      namespace: 'AWS/WAFV2',
      metricName: this.#mode === 'block' ? 'BlockedRequests' : 'CountedRequests',
      dimensionsMap: {
        WebACL: this.#name,
        Region: Stack.of(this).region,
        Rule: rules.requestsPerAddress,
      },
      statistic: 'Sum',
      period,
    });
  }

  #rule(priority: number, name: string, statement: CfnWebACL.StatementProperty): CfnWebACL.RuleProperty {
    return {
      name,
      priority,
      statement,
      action: this.#mode === 'block' ? { block: {} } : { count: {} },
      visibilityConfig: visibilityOf(name),
    };
  }
}

function visibilityOf(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { cloudWatchMetricsEnabled: true, sampledRequestsEnabled: false, metricName };
}

function isMethod(method: string): CfnWebACL.StatementProperty {
  return {
    byteMatchStatement: {
      fieldToMatch: { method: {} },
      positionalConstraint: 'EXACTLY',
      searchString: method,
      textTransformations: [{ priority: 0, type: 'NONE' }],
    },
  };
}
