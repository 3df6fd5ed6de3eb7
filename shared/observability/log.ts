import { Logger } from '@aws-lambda-powertools/logger';
import { type FieldsOf, type LogMessageName, logMessages } from './log-messages.ts';

/** What identifies a request in the log. */
interface LogIdentity {
  readonly requestId: string;
  readonly correlationId: string | null;
}

/** Where the functions log: registered messages, each with its own fields and nothing else. */
export interface Log {
  /** Puts the request's ids on every message from here on. */
  identify(identity: LogIdentity): void;
  write<Name extends LogMessageName>(name: Name, fields: FieldsOf<Name>): void;
}

/** Seventeen digits and a check character: a caller that uses a person's number as an id must not get it logged. */
const PERSONAL_NUMBER = /\d{17}[\dXx]/;

/**
 * The log of a function: one JSON line a message. The level is read from the environment (`POWERTOOLS_LOG_LEVEL`).
 *
 * @param logger replaced in tests.
 */
export function createLog(service: string, logger: Logger = new Logger({ serviceName: service })): Log {
  return {
    identify({ requestId, correlationId }) {
      logger.resetKeys();
      const loggable = correlationId !== null && !PERSONAL_NUMBER.test(correlationId);
      logger.appendKeys(loggable ? { requestId, correlationId } : { requestId });
    },
    write(name, fields) {
      const { code, level, text, fields: allowed } = logMessages[name];
      const given: Readonly<Record<string, unknown>> = fields;
      const extra: Record<string, unknown> = { code };
      // The types allow nothing else, but a value of a wider type could carry more than they show.
      for (const field of allowed) if (given[field] !== undefined) extra[field] = given[field];
      logger[level](text, extra);
    },
  };
}
