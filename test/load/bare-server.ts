import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { type FunctionHandler, lambdaContext } from '../../infra/local/gateway/function-instances.ts';
import { proxyEvent } from '../../infra/local/gateway/proxy-event.ts';

// node bare-server.ts <bundle>: the handler of evaluations, with no more around it than it takes to call it, and an
// answer that is always the same. Says its port.
const [bundle] = process.argv.slice(2);
const { handler } = (await import(pathToFileURL(bundle!).href)) as {
  handler: FunctionHandler<APIGatewayProxyEvent, APIGatewayProxyResult>;
};

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', async () => {
    const requestId = randomUUID();
    const event = proxyEvent({
      request: {
        method: 'POST',
        httpVersion: '1.1',
        rawHeaders: request.rawHeaders,
        sourceIp: '127.0.0.1',
      },
      matched: { resource: '/v1/evaluations', pathParameters: null },
      path: '/v1/evaluations',
      query: '',
      body: Buffer.concat(chunks),
      requestId,
      receivedAt: Date.now(),
    });
    const { statusCode } = await handler(event, lambdaContext('eligibility', requestId, 29_000));
    response.writeHead(statusCode, { 'Content-Type': 'application/json' });
    response.end('{}');
  });
});
server.listen(0, '127.0.0.1', () => console.log(`port ${(server.address() as AddressInfo).port}`));
