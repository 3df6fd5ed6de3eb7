import { randomUUID } from 'node:crypto';
import type { Log } from '../observability/log.ts';
import { harmlessCorrelationId } from './correlation-id.ts';
import type { Step } from './exchange.ts';
import { header } from './header.ts';

/** Gives the request its id, takes over the caller's own where it is harmless, and puts both on the log. */
export function correlate(log: Log): Step {
  return {
    before: ({ event, context, internal }) => {
      // The gateway's id is the one in its access log, so that the two can be joined.
      internal.requestId = event.requestContext?.requestId ?? context.awsRequestId ?? randomUUID();
      internal.correlationId = harmlessCorrelationId(header(event, 'x-correlation-id'));
      log.identify({ requestId: internal.requestId, correlationId: internal.correlationId });
    },
  };
}
