import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { RequestAuthorizer } from 'aws-cdk-lib/aws-apigateway';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { describe, expect, it } from 'vitest';
import { environmentSchema as authorizerEnvironment } from '../../functions/authorizer/env.ts';
import { environmentSchema as counterEnvironment } from '../../functions/counter/env.ts';
import { environmentSchema as eligibilityEnvironment } from '../../functions/eligibility/env.ts';
import { environmentSchema as policiesEnvironment } from '../../functions/policies/env.ts';
import { environmentSchema as registryEnvironment } from '../../functions/registry/env.ts';
import { environmentSchema as residentsEnvironment } from '../../functions/residents/env.ts';
import { stages } from '../../infra/config/stages.ts';
import type { FunctionEnvironment } from '../../infra/constructs/api-function.ts';
import type { DoorAuthorizers } from '../../infra/constructs/door-authorizers.ts';
import { EligibilityApi } from '../../infra/constructs/eligibility-api.ts';
import type { ProductFunctionName } from '../../infra/function-names.ts';
import { inMemoryStacks } from '../../infra/in-memory-stacks.ts';
import { gatewayProblems } from '../../shared/contract/gateway-problems.ts';
import { browserDoors, challenges, securityHeaders } from '../../shared/contract/headers.ts';
import { problemBody } from '../../shared/contract/problem-body.ts';
import { problems } from '../../shared/contract/problems.ts';
import type { Route } from '../../shared/contract/route.ts';
import { routes } from '../../shared/contract/routes.ts';
import { type MethodProperties, methodsOf } from './methods.ts';
import { bareStack, propertiesOf, resourcesOf, synthesise } from './synthesise.ts';

interface MockResponse {
  readonly ResponseParameters: Readonly<Record<string, string>>;
  readonly ResponseTemplates: Readonly<Record<string, string>>;
}

const functionNames = [...new Set<ProductFunctionName>(routes.map((route) => route.function)), 'authorizer'];

describe.each(Object.values(stages))('API stack of $name', (stage) => {
  const { api } = synthesise(stage);
  const methods = methodsOf(api);

  it('has a method for every route, handed to the function the route names', () => {
    for (const route of routes) {
      const method = methods.get(`${route.method} ${route.path}`);
      expect(method?.OperationName).toBe(route.operationId);
      expect(method?.Integration.Type).toBe('AWS_PROXY');
      expect(JSON.stringify(method?.Integration.Uri)).toContain(`"${route.function}Live`);
      expect(method?.AuthorizationType).toBe((route as Route).door === 'public' ? 'NONE' : 'CUSTOM');
    }
  });

  it('counts third parties, and nobody else, by a usage plan for bursts alone', () => {
    for (const route of routes as readonly Route[]) {
      const method = methods.get(`${route.method} ${route.path}`);
      expect([route.operationId, method?.ApiKeyRequired ?? false]).toEqual([
        route.operationId,
        route.door === 'partner',
      ]);
    }
    const { requestsPerSecond, burst } = stage.partnerThrottling;
    const plans = propertiesOf(api, 'AWS::ApiGateway::UsagePlan');
    expect(plans).toMatchObject([{ Throttle: { RateLimit: requestsPerSecond, BurstLimit: burst } }]);
    expect(plans[0]).not.toHaveProperty('Quota');
    expect(requestsPerSecond).toBeLessThan(stage.throttling.requestsPerSecond);
    expect(Object.keys(api.findOutputs('PartnerUsagePlanId'))).toHaveLength(1);
  });

  it('has no method beside the routes but the preflight and the rest that is answered 405', () => {
    const known = new Set<string>(routes.map(({ method, path }) => `${method} ${path}`));
    const paths = [...new Set(routes.map(({ path }) => path))];
    const open = paths.filter((path) =>
      (routes as readonly Route[]).every((route) => route.path !== path || route.door === 'public'),
    );
    const others = [...methods.keys()].filter((key) => !known.has(key));
    expect(others.sort()).toEqual(
      [...paths.map((path) => `ANY ${path}`), ...open.map((path) => `OPTIONS ${path}`)].sort(),
    );
  });

  it('is regional, throttled as its stage says and traced', () => {
    expect(propertiesOf(api, 'AWS::ApiGateway::RestApi')).toEqual([
      expect.objectContaining({ EndpointConfiguration: { Types: ['REGIONAL'] } }),
    ]);
    expect(propertiesOf(api, 'AWS::ApiGateway::Stage')[0]).toMatchObject({
      TracingEnabled: true,
      MethodSettings: [
        {
          ResourcePath: '/*',
          HttpMethod: '*',
          DataTraceEnabled: false,
          ThrottlingRateLimit: stage.throttling.requestsPerSecond,
          ThrottlingBurstLimit: stage.throttling.burst,
        },
      ],
    });
  });

  it('runs every function on Node 24 with a log group of its own', () => {
    const functions = propertiesOf(api, 'AWS::Lambda::Function');
    expect(functions).toHaveLength(functionNames.length);
    for (const properties of functions) {
      expect(properties.Runtime).toBe('nodejs24.x');
      expect(properties.Architectures).toEqual([stage.architecture.name]);
      expect(properties.Timeout).toBeLessThan(29);
      expect(properties.LoggingConfig.LogGroup).toHaveProperty('Ref');
    }
    expect(new Set(functions.map(({ LoggingConfig }) => LoggingConfig.LogGroup.Ref)).size).toBe(
      functionNames.length,
    );
  });

  it('traces every function by Lambda itself', () => {
    for (const properties of propertiesOf(api, 'AWS::Lambda::Function')) {
      expect(properties.TracingConfig).toEqual({ Mode: 'Active' });
    }
  });

  it('encrypts every log group and keeps it as long as the stage says', () => {
    const logGroups = propertiesOf(api, 'AWS::Logs::LogGroup');
    expect(logGroups).toHaveLength(functionNames.length + 1);
    for (const logGroup of logGroups) {
      expect(logGroup).toMatchObject({
        RetentionInDays: stage.logRetention,
        KmsKeyId: { 'Fn::GetAtt': [expect.stringMatching(/^LogKey/), 'Arn'] },
      });
    }
  });

  it.each(
    Object.entries({
      counter: counterEnvironment,
      eligibility: eligibilityEnvironment,
      policies: policiesEnvironment,
      registry: registryEnvironment,
      authorizer: authorizerEnvironment,
      residents: residentsEnvironment,
    }),
  )('gives the %s function what its own schema reads', (name, schema) => {
    const functions = Object.entries(resourcesOf(api, 'AWS::Lambda::Function'));
    const [, resource] = functions.find(([id]) => id.startsWith(`${name}Function`)) ?? [];
    // Names of tables are known to CloudFormation only; any text stands for them.
    const variables = Object.fromEntries(
      Object.entries(resource?.Properties.Environment.Variables).map(([key, value]) => [
        key,
        typeof value === 'string' ? value : 'a-table',
      ]),
    );
    expect(schema.safeParse(variables).error).toBeUndefined();
  });
});

describe("a function's environment", () => {
  it('does not compile without a variable the function needs, nor with one it does not know', () => {
    // @ts-expect-error POLICIES_TABLE is missing
    const incomplete: FunctionEnvironment<typeof eligibilityEnvironment> = { DEFAULT_POLICY: 'chengdu' };
    const unknown: FunctionEnvironment<typeof eligibilityEnvironment> = {
      POLICIES_TABLE: 'policies',
      // @ts-expect-error the schema has no such variable
      POLICY_TABLE: 'policies',
    };
    expect([incomplete, unknown]).toHaveLength(2);
  });
});

describe('access log', () => {
  const { api } = synthesise(stages.prod);
  const format: string = propertiesOf(api, 'AWS::ApiGateway::Stage')[0].AccessLogSetting.Format;

  it('is one JSON object of context variables', () => {
    const fields = Object.values(JSON.parse(format));
    expect(fields.length).toBeGreaterThan(8);
    for (const field of fields) expect(field).toMatch(/^\$context\.[A-Za-z.]+$/);
  });

  it('tells nothing about who asks or about whom', () => {
    expect(format).not.toMatch(/identity|sourceIp|userAgent|authorizer|querystring|header|body|domainName/i);
    // `resourcePath` is the template; `path` would hold what stands in the place of {code}.
    expect(format).not.toMatch(/\$context\.path\b/);
  });
});

describe('gateway responses', () => {
  const { api } = synthesise(stages.prod);
  const responses = propertiesOf(api, 'AWS::ApiGateway::GatewayResponse');

  it('replace every answer the gateway makes by itself', () => {
    expect(responses.map(({ ResponseType }) => ResponseType).sort()).toEqual(
      Object.keys(gatewayProblems).sort(),
    );
  });

  it.each(responses)('$ResponseType is a problem of the catalogue, in all languages', (response) => {
    const body = problemBody.parse(JSON.parse(response.ResponseTemplates['application/json']));
    const code = gatewayProblems[response.ResponseType as keyof typeof gatewayProblems];
    expect(body).toMatchObject({
      code,
      status: problems[code].status,
      title: problems[code].title['zh-CN'],
      userMessage: `${problems[code].userMessage['zh-CN']} ${problems[code].userMessage.en}`,
      detail: `${problems[code].remedy['zh-CN']} ${problems[code].remedy.en}`,
      requestId: '$context.requestId',
    });
    expect(response.StatusCode).toBe(String(problems[code].status));
    expect(response.ResponseParameters).toMatchObject({
      'gatewayresponse.header.Content-Type': "'application/problem+json'",
      'gatewayresponse.header.Content-Language': "'zh-CN, en'",
      'gatewayresponse.header.Vary': "'Accept-Language'",
      'gatewayresponse.header.Cache-Control': "'no-store'",
      'gatewayresponse.header.X-Request-Id': 'context.requestId',
    });
    expect(response.ResponseParameters['gatewayresponse.header.WWW-Authenticate']).toBe(
      code === 'unauthorized' ? `'${challenges}'` : undefined,
    );
    for (const [name, value] of Object.entries(securityHeaders)) {
      expect(response.ResponseParameters[`gatewayresponse.header.${name}`]).toBe(`'${value}'`);
    }
  });

  it('repeat nothing of the request', () => {
    expect(JSON.stringify(responses)).not.toMatch(/messageString|validationErrorString|method\.request/);
  });
});

describe('pages of other origins', () => {
  const origins = ['https://app.example.gov.cn', 'https://counter.example.gov.cn'];
  const api = Template.fromStack(inMemoryStacks({ ...stages.prod, allowedOrigins: origins }).api);
  const forBrowsers = new Set<string>(
    (routes as readonly Route[])
      .filter(({ door }) => (browserDoors as readonly string[]).includes(door))
      .map((route) => route.function),
  );

  it('are named to every function behind a door that pages come through, and to no other', () => {
    expect(forBrowsers.size).toBeGreaterThan(1);
    for (const [id, { Properties }] of Object.entries(resourcesOf(api, 'AWS::Lambda::Function'))) {
      const [, name = ''] = /^(\w+?)Function/.exec(id) ?? [];
      expect([name, Properties.Environment.Variables.ALLOWED_ORIGINS]).toEqual([
        name,
        forBrowsers.has(name) ? origins.join(' ') : undefined,
      ]);
    }
  });

  it.each([
    '*',
    'null',
    'http://app.example.gov.cn',
    'https://*.example.gov.cn',
    'https://app.example.gov.cn/',
  ])('are refused at synthesis when the stage names %s', (origin) => {
    expect(() => inMemoryStacks({ ...stages.dev, allowedOrigins: [origin] })).toThrow(/must be an origin/);
  });

  it('may ask before they come on public paths, and are answered with the headers of any other answer', () => {
    const preflights = [...methodsOf(api)].filter(([key]) => key.startsWith('OPTIONS '));
    expect(preflights.length).toBeGreaterThan(3);
    for (const [key, { Integration, AuthorizationType }] of preflights) {
      expect([Integration.Type, AuthorizationType]).toEqual(['MOCK', 'NONE']);
      const [response] = (Integration as unknown as { IntegrationResponses: MockResponse[] })
        .IntegrationResponses;
      const methods = routes.filter(({ path }) => key === `OPTIONS ${path}`).map(({ method }) => method);
      const wanted = {
        ...securityHeaders,
        'Access-Control-Allow-Origin': '*',
        'Access-Control-Allow-Methods': methods.join(','),
      };
      for (const [name, value] of Object.entries(wanted)) {
        expect(response?.ResponseParameters[`method.response.header.${name}`]).toBe(`'${value}'`);
      }
      expect(JSON.stringify(response?.ResponseTemplates)).toContain('X-Request-Id = $context.requestId');
    }
  });
});

describe('a route behind a guarded door', () => {
  const [example] = routes;
  const guarded: Route = {
    ...example,
    operationId: 'createCheck',
    path: '/v1/counter/checks',
    door: 'counter',
  };

  function template(authorizers: (handler: LambdaFunction, stack: Stack) => DoorAuthorizers): Template {
    const stack = bareStack({ env: { region: 'cn-northwest-1' } });
    const handler = new LambdaFunction(stack, 'handler', {
      runtime: Runtime.NODEJS_24_X,
      handler: 'handler.handler',
      code: Code.fromInline('export {};'),
    });
    new EligibilityApi(stack, 'Api', {
      stage: stages['prod-cn'],
      routes: [guarded],
      functions: {
        admin: handler,
        counter: handler,
        eligibility: handler,
        partners: handler,
        policies: handler,
        registry: handler,
        residents: handler,
      },
      authorizers: authorizers(handler, stack),
      logKey: new Key(stack, 'Key'),
    });
    return Template.fromStack(stack);
  }

  it('is refused at synthesis when its door has no authorizer', () => {
    expect(() => template(() => ({ public: 'open' }))).toThrow(
      'createCheck is behind the counter door, which has no authorizer. Add one to the API stack.',
    );
  });

  it('asks the authorizer of its door, and answers no preflight', () => {
    const methods = methodsOf(
      template((handler, stack) => ({
        public: 'open',
        counter: new RequestAuthorizer(stack, 'Authorizer', {
          handler,
          identitySources: ['method.request.header.Authorization'],
        }),
      })),
    );
    const method = methods.get('POST /v1/counter/checks') as MethodProperties;
    expect(method.AuthorizationType).toBe('CUSTOM');
    expect(method.AuthorizerId).toHaveProperty('Ref');
    expect([...methods.keys()].sort()).toEqual(['ANY /v1/counter/checks', 'POST /v1/counter/checks']);
  });
});
