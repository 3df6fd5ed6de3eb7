import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { environmentSchema } from '../../functions/authorizer/env.ts';
import type { StageConfig } from '../../infra/config/stage-config.ts';
import { stages } from '../../infra/config/stages.ts';
import { inMemoryStacks } from '../../infra/in-memory-stacks.ts';
import { hashKeyContext } from '../../shared/security/api-keys/api-key-hashes.ts';
import { guardedRoutes } from '../support/credentials/guarded-routes.ts';
import { methodsOf } from './methods.ts';
import { policyStatementsOf } from './policy-statements.ts';
import { propertiesOf, resourcesOf } from './synthesise.ts';

const issuer = {
  issuer: 'https://id.example.org',
  audience: 'https://api.example.org',
  jwksUrl: 'https://id.example.org/jwks',
  vouchesFor: ['resident'],
} as const satisfies StageConfig['issuers'][number];

/** The product as it is when routes of every door are in its table; the AwsSolutions rules go through all of its own routes. */
function guardedStacks(stage: StageConfig) {
  return inMemoryStacks(stage, { routes: guardedRoutes });
}

describe.each([stages.prod, stages['prod-cn']])('the authorizer of $name', (plain) => {
  const stage: StageConfig = { ...plain, issuers: [issuer] };
  const stacks = guardedStacks(stage);
  const template = Template.fromStack(stacks.api);
  const methods = methodsOf(template);

  it('is one, asked with the Authorization header and kept for at most a minute by it alone', () => {
    expect(propertiesOf(template, 'AWS::ApiGateway::Authorizer')).toEqual([
      expect.objectContaining({
        Type: 'REQUEST',
        IdentitySource: 'method.request.header.Authorization',
        AuthorizerResultTtlInSeconds: 30,
      }),
    ]);
  });

  it('is asked at every guarded method and at no other', () => {
    const [authorizer] = Object.keys(resourcesOf(template, 'AWS::ApiGateway::Authorizer'));
    for (const { method, path, door } of guardedRoutes) {
      const made = methods.get(`${method} ${path}`);
      expect([path, made?.AuthorizationType]).toEqual([path, door === 'public' ? 'NONE' : 'CUSTOM']);
      if (door !== 'public') expect(made?.AuthorizerId).toEqual({ Ref: authorizer });
    }
    const open = [...methods].filter(([, { AuthorizationType }]) => AuthorizationType === 'NONE');
    expect(open.map(([key]) => key).filter((key) => /^(GET|POST|PUT|DELETE) /.test(key))).toEqual([
      'GET /v1/services',
    ]);
  });

  it('may be run by this API as its authorizer alone', () => {
    const permissions = propertiesOf(template, 'AWS::Lambda::Permission').filter(({ FunctionName }) =>
      JSON.stringify(FunctionName).includes('"authorizerLive'),
    );
    expect(permissions).toHaveLength(1);
    expect(JSON.stringify(permissions[0].SourceArn)).toMatch(/\/authorizers\//);
  });

  it('may open the keys of hashes and nothing else that their key wraps', () => {
    const decrypting = propertiesOf(template, 'AWS::IAM::Policy')
      .filter(({ Roles }) => JSON.stringify(Roles).includes('"authorizerRole'))
      .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
      .filter(({ Resource }) => JSON.stringify(Resource).includes('CredentialsKey'));
    expect(decrypting).toMatchObject([
      {
        Action: 'kms:Decrypt',
        Condition: { StringEquals: { 'kms:EncryptionContext:purpose': hashKeyContext('v1').purpose } },
      },
    ]);
    expect(
      policyStatementsOf(template).filter(({ type }) => type === 'AWS::IAM::Policy').length,
    ).toBeGreaterThan(3);
  });

  it("is told of the stage's issuers and which keys are good", () => {
    const [, resource] =
      Object.entries(resourcesOf(template, 'AWS::Lambda::Function')).find(([id]) =>
        id.startsWith('authorizerFunction'),
      ) ?? [];
    const variables = resource?.Properties.Environment.Variables;
    expect(environmentSchema.shape.ISSUERS.parse(variables.ISSUERS)).toMatchObject([issuer]);
    expect(variables.API_KEY_ENVIRONMENT).toBe('live');
  });

  it('takes whom usage plans count from the authorizer', () => {
    expect(propertiesOf(template, 'AWS::ApiGateway::RestApi')).toMatchObject([
      { ApiKeySourceType: 'AUTHORIZER' },
    ]);
  });
});

describe('a stage whose issuers nobody could trust', () => {
  it('is refused at synthesis', () => {
    const stage = { ...stages.dev, issuers: [{ ...issuer, jwksUrl: 'http://id.example.org/jwks' }] };
    expect(() => guardedStacks(stage)).toThrow(/must be https/);
  });
});
