import { AuthorizationType, type IResource, MockIntegration } from 'aws-cdk-lib/aws-apigateway';
import { publicPreflightHeaders } from '../gateway-answers.ts';
import { acknowledge } from './acknowledge.ts';

/**
 * Answers preflights of a public path in the gateway, without a function. CDK's own `addCorsPreflight` knows CORS headers alone;
 * these have the headers of every other answer too.
 */
export function addPublicPreflight(resource: IResource, methods: readonly string[]): void {
  const headers = Object.entries(publicPreflightHeaders(methods));
  const parameter = (name: string) => `method.response.header.${name}`;
  const preflight = resource.addMethod(
    'OPTIONS',
    new MockIntegration({
      requestTemplates: { 'application/json': '{ "statusCode": 200 }' },
      integrationResponses: [
        {
          statusCode: '204',
          responseParameters: Object.fromEntries(
            headers.map(([name, value]) => [parameter(name), `'${value}'`]),
          ),
          // The one thing that differs from one preflight to the next; a mapping of headers cannot say it.
          responseTemplates: {
            'application/json': '#set($context.responseOverride.header.X-Request-Id = $context.requestId)',
          },
        },
      ],
    }),
    {
      authorizationType: AuthorizationType.NONE,
      methodResponses: [
        {
          statusCode: '204',
          responseParameters: Object.fromEntries(headers.map(([name]) => [parameter(name), true])),
        },
      ],
    },
  );
  acknowledge(preflight, 'AwsSolutions-APIG4');
}
