import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';

/**
 * One JSON object a request. Nothing in it tells who asked or about whom: no address, no user agent, no
 * credential, no query string, and the route's template instead of the path.
 */
export const accessLogFormat = AccessLogFormat.custom(
  JSON.stringify({
    requestId: '$context.requestId',
    traceId: '$context.xrayTraceId',
    time: '$context.requestTimeEpoch',
    stage: '$context.stage',
    method: '$context.httpMethod',
    route: '$context.resourcePath',
    status: '$context.status',
    error: '$context.error.responseType',
    responseBytes: '$context.responseLength',
    latencyMs: '$context.responseLatency',
    integrationLatencyMs: '$context.integrationLatency',
    integrationStatus: '$context.integrationStatus',
  }),
);
