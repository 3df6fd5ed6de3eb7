import { Duration } from 'aws-cdk-lib';
import { IdentitySource, RequestAuthorizer } from 'aws-cdk-lib/aws-apigateway';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Code, IFunction, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { environmentSchema } from '../../functions/authorizer/env.ts';
import type { Route } from '../../shared/contract/route.ts';
import { englishIssues } from '../../shared/domain/issues/english-issues.ts';
import { hashKeyContext } from '../../shared/security/api-keys/api-key-hashes.ts';
import { issuersSchema } from '../../shared/security/tokens/issuer.ts';
import { authorizerCacheSeconds } from '../authorizer-cache.ts';
import type { StageConfig } from '../config/stage-config.ts';
import { ApiFunction } from './api-function.ts';
import type { DoorAuthorizers } from './door-authorizers.ts';
import type { GradualDeployments } from './gradual-deployments.ts';
import type { ProductTable } from './product-table.ts';
import { readUpdateAccess } from './table-access.ts';

export interface CredentialsAuthorizerProps {
  readonly stage: StageConfig;
  readonly code: Code;
  readonly logKey: IKey;
  readonly routes: readonly Pick<Route, 'door'>[];
  readonly partners: ProductTable;
  /** Wraps the keys of API key hashes. */
  readonly credentialsKey: IKey;
  readonly deployments: GradualDeployments;
}

/** Who is asked at every guarded door: the one authorizer, cached on the one header that credentials come in. */
export class CredentialsAuthorizer extends Construct {
  readonly function: LambdaFunction;
  readonly authorizers: DoorAuthorizers;

  /** @throws ZodError when the stage's issuers are not what the authorizer could read. */
  constructor(scope: Construct, id: string, props: CredentialsAuthorizerProps) {
    super(scope, id);
    const { stage, logKey, code, partners, credentialsKey, deployments } = props;
    // Beside the other functions, so that its log group has a name that begins with its own.
    const authorizer = new ApiFunction<typeof environmentSchema>(scope, 'authorizer', {
      name: 'authorizer',
      stage,
      logKey,
      code,
      environment: {
        ISSUERS: JSON.stringify(issuersSchema.parse(stage.issuers, englishIssues)),
        PARTNERS_TABLE: readUpdateAccess(partners),
        API_KEY_ENVIRONMENT: stage.apiKeyEnvironment,
        CREDENTIALS_KEY_ID: credentialsKey.keyArn,
      },
    });
    const { function: handler } = authorizer;
    const { purpose } = hashKeyContext('v1');
    handler.addToRolePolicy(
      new PolicyStatement({
        actions: ['kms:Decrypt'],
        resources: [credentialsKey.keyArn],
        conditions: { StringEquals: { 'kms:EncryptionContext:purpose': purpose } },
      }),
    );
    this.function = handler;
    this.authorizers = { public: 'open', ...this.#guards(deployments.live(authorizer), props.routes) };
  }

  /** None without a guarded route: CDK refuses an authorizer that no method asks. */
  #guards(handler: IFunction, routes: readonly Pick<Route, 'door'>[]): Omit<DoorAuthorizers, 'public'> {
    if (routes.every(({ door }) => door === 'public')) return {};
    const authorizer = new RequestAuthorizer(this, 'Authorizer', {
      handler,
      identitySources: [IdentitySource.header('Authorization')],
      resultsCacheTtl: Duration.seconds(authorizerCacheSeconds),
    });
    return {
      resident: authorizer,
      counter: authorizer,
      partner: authorizer,
      registry: authorizer,
      admin: authorizer,
    };
  }
}
