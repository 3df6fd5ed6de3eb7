import { RemovalPolicy } from 'aws-cdk-lib';
import {
  ApiKeySourceType,
  AuthorizationType,
  EndpointType,
  LambdaIntegration,
  LogGroupLogDestination,
  type Resource,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { FunctionName, Route } from '../../shared/contract/route.ts';
import { removalPolicyOf, type StageConfig } from '../config/stage-config.ts';
import { accessLogFormat } from './access-log-format.ts';
import { acknowledge } from './acknowledge.ts';
import { authorizationOf, type DoorAuthorizers } from './door-authorizers.ts';
import { addGatewayResponses } from './gateway-responses.ts';
import { addPublicPreflight } from './public-preflight.ts';

export interface EligibilityApiProps {
  readonly stage: StageConfig;
  readonly routes: readonly Route[];
  readonly functions: Readonly<Record<FunctionName, IFunction>>;
  readonly authorizers: DoorAuthorizers;
  readonly logKey: IKey;
}

const pushToCloudWatchLogs =
  'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]';

/**
 * The front door: a regional REST API with one method a route, each handed whole to the function that serves it.
 *
 * Bodies up to API Gateway's own 10 MB reach the functions, which refuse more than the contract's limit
 * (`shared/contract/limits.ts`) with a problem that names it.
 */
export class EligibilityApi extends Construct {
  readonly restApi: RestApi;

  constructor(scope: Construct, id: string, props: EligibilityApiProps) {
    super(scope, id);
    const { stage, routes } = props;

    const accessLog = new LogGroup(this, 'AccessLog', {
      retention: stage.logRetention,
      encryptionKey: props.logKey,
      removalPolicy: removalPolicyOf(stage),
    });
    this.restApi = new RestApi(this, 'RestApi', {
      restApiName: `permit-eligibility-${stage.name}`,
      description: 'Who may use which public service by residence permit',
      // The China partition has no edge-optimised endpoints, and callers are near anyway.
      endpointTypes: [EndpointType.REGIONAL],
      // Whom a usage plan counts is said by the authorizer, not by a header that anyone could write.
      apiKeySourceType: ApiKeySourceType.AUTHORIZER,
      cloudWatchRole: stage.setsApiGatewayAccountRole,
      ...(stage.setsApiGatewayAccountRole && { cloudWatchRoleRemovalPolicy: RemovalPolicy.RETAIN }),
      deployOptions: {
        stageName: stage.name,
        tracingEnabled: true,
        metricsEnabled: true,
        throttlingRateLimit: stage.throttling.requestsPerSecond,
        throttlingBurstLimit: stage.throttling.burst,
        accessLogDestination: new LogGroupLogDestination(accessLog),
        accessLogFormat,
        // Execution logs repeat what callers send, in a group without key or retention. The access log and
        // the functions' own logs tell what operators need.
        dataTraceEnabled: false,
      },
    });
    // An output of the same address under a generated name; the stack has one with a name to rely on.
    this.restApi.node.tryRemoveChild('Endpoint');
    addGatewayResponses(this.restApi);
    acknowledge(this.restApi, 'AwsSolutions-APIG2', 'AwsSolutions-COG4');
    acknowledge(this.restApi.deploymentStage, 'AwsSolutions-APIG6');
    const accountRole = this.restApi.node.tryFindChild('CloudWatchRole');
    if (accountRole) acknowledge(accountRole, pushToCloudWatchLogs);

    for (const route of routes) this.addRoute(route, props);
    for (const [path, ofPath] of Map.groupBy(routes, (route) => route.path)) {
      this.addOtherMethods(path, ofPath, props);
    }
  }

  private addRoute(route: Route, { functions, authorizers }: EligibilityApiProps): void {
    const method = this.resource(route.path).addMethod(
      route.method,
      this.integration(functions[route.function]),
      {
        operationName: route.operationId,
        ...authorizationOf(route, authorizers),
        // Of the usage plan: the authorizer names it, callers send none.
        ...(route.door === 'partner' && { apiKeyRequired: true }),
      },
    );
    if (route.door === 'public') acknowledge(method, 'AwsSolutions-APIG4');
  }

  /**
   * What is left of a path's methods goes to the function that serves it, which answers 405 with `Allow`:
   * the gateway itself would call the path unknown. So do preflights of guarded paths, whose answer depends on the origin;
   * those of public paths are answered here.
   */
  private addOtherMethods(path: string, routes: readonly Route[], { functions }: EligibilityApiProps): void {
    const [first] = routes;
    if (first === undefined) return;
    const resource = this.resource(path);
    const others = resource.addMethod('ANY', this.integration(functions[first.function]), {
      authorizationType: AuthorizationType.NONE,
    });
    acknowledge(others, 'AwsSolutions-APIG4');
    if (routes.every((route) => route.door === 'public')) {
      addPublicPreflight(
        resource,
        routes.map((route) => route.method),
      );
    }
  }

  private resource(path: string): Resource {
    return this.restApi.root.resourceForPath(path);
  }

  private integration(handler: IFunction): LambdaIntegration {
    // The console's "test" button would need a second permission for every method.
    return new LambdaIntegration(handler, { allowTestInvoke: false });
  }
}
