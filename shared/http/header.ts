import type { APIGatewayProxyEvent } from 'aws-lambda';

/**
 * A request header by its lower-case name, or undefined. Repeated ones are joined by commas (RFC 9110, section 5.3);
 * the gateway hands over the last one alone in `headers` and all of them in `multiValueHeaders`.
 */
export function header(event: APIGatewayProxyEvent, name: string): string | undefined {
  for (const [key, values] of Object.entries(event.multiValueHeaders ?? {})) {
    if (key.toLowerCase() === name && values) return values.join(', ');
  }
  for (const [key, value] of Object.entries(event.headers ?? {})) {
    if (key.toLowerCase() === name) return value;
  }
  return undefined;
}
