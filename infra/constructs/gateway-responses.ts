import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import { type GatewayResponseType, gatewayProblems } from '../../shared/contract/gateway-problems.ts';
import { gatewayAnswer } from '../gateway-answers.ts';

/** Makes every answer API Gateway gives by itself a problem of the catalogue, with the headers of any other answer. */
export function addGatewayResponses(restApi: RestApi): void {
  for (const type of Object.keys(gatewayProblems) as GatewayResponseType[]) {
    const { status, headers, body } = gatewayAnswer(type, '$context.requestId');
    restApi.addGatewayResponse(type, {
      type: ResponseType.of(type),
      statusCode: String(status),
      // Each value is a mapping expression, so that constants stand in single quotes.
      responseHeaders: {
        ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, `'${value}'`])),
        'X-Request-Id': 'context.requestId',
      },
      // The gateway chooses the template by the caller's Accept and falls back to application/json, so
      // this is the only one that is always found. The Content-Type header says what the body really is.
      templates: { 'application/json': body },
    });
  }
}
