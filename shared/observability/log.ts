import { type FieldsOf, type LogMessageName, logMessages } from './log-messages.ts';
import { levelsAtLeast, type WriteLine, writeLine } from './write-line.ts';

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
/** A mobile phone, or the number of an identity card of before 1999. */
const PHONE_OR_OLD_NUMBER = /(?<!\d)(?:1[3-9]\d{9}|\d{15})(?!\d)/;
/** A name or an address of a person is written in Chinese; words of the product's own are ASCII. */
const NOT_ASCII = /[^\x20-\x7e]/;

/** What stands in the log in the place of a text that could be of a person. */
export const withheld = '(withheld)';

/** Numbers of AWS's own, forty digits long, in which anything can be found. */
const ownNumbers: ReadonlySet<string> = new Set(['sequenceNumber']);

/**
 * The log of a function: one JSON line a message. From which level on is read from the environment
 * (`POWERTOOLS_LOG_LEVEL`), when the log is made. A library for it is 25 KB and needs `node:crypto`, which every start
 * of every function would load, for what is written here.
 *
 * @param write takes the lines; replaced in tests.
 */
export function createLog(service: string, write: WriteLine = writeLine): Log {
  const levels = levelsAtLeast(process.env.POWERTOOLS_LOG_LEVEL);
  let ids: Partial<LogIdentity> = {};
  return {
    identify({ requestId, correlationId }) {
      const loggable = correlationId !== null && !PERSONAL_NUMBER.test(correlationId);
      ids = loggable ? { requestId, correlationId } : { requestId };
    },
    write(name, fields) {
      const { code, level, text, fields: allowed } = logMessages[name];
      if (!levels.includes(level)) return;
      const given: Readonly<Record<string, unknown>> = fields;
      const extra: Record<string, unknown> = { code };
      // The types allow nothing else, but a value of a wider type could carry more than they show.
      for (const field of allowed) {
        if (given[field] !== undefined)
          extra[field] = ownNumbers.has(field) ? given[field] : guarded(given[field]);
      }
      const timestamp = new Date().toISOString();
      const line = { level: level.toUpperCase(), message: text, timestamp, service, ...ids, ...extra };
      write(level, JSON.stringify(line));
    },
  };
}

/** The last guard behind the types: texts that look like a person's value are not logged, whatever field they came in. */
function guarded(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(guarded);
  if (typeof value !== 'string') return value;
  return [PERSONAL_NUMBER, PHONE_OR_OLD_NUMBER, NOT_ASCII].some((form) => form.test(value))
    ? withheld
    : value;
}
