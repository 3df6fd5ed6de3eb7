/** The fields a message may carry, by name, and their types. No field here can hold a personal value. */
interface LogFields {
  operationId: string;
  status: number;
  durationMs: number;
  problem: string;
  /** The class of what was thrown, never its message: messages quote what they stumbled over. */
  errorName: string;
  /** Functions, files and lines only. */
  stack: readonly string[];
  policy: string;
  version: string;
  digest: string;
  ageSeconds: number;
  count: number;
}

export interface LogMessage {
  /** Stable: alarms and runbooks quote it. */
  readonly code: string;
  readonly level: 'info' | 'warn' | 'error';
  readonly text: string;
  readonly fields: readonly (keyof LogFields)[];
}

/** Every message the functions log. Nothing is logged that is not registered here, and only with these fields. */
export const logMessages = {
  requestCompleted: {
    code: 'PE1001',
    level: 'info',
    text: 'Request completed',
    fields: ['operationId', 'status', 'durationMs', 'problem'],
  },
  stalePolicies: {
    code: 'PE4001',
    level: 'warn',
    text: 'The policy store did not answer; answering from what is remembered',
    fields: ['errorName'],
  },
  unexpectedError: {
    code: 'PE5001',
    level: 'error',
    text: 'Unexpected error; answered 500',
    fields: ['operationId', 'errorName', 'stack'],
  },
  dependencyUnavailable: {
    code: 'PE5002',
    level: 'error',
    text: 'A dependency did not answer in time; answered 503',
    fields: ['operationId', 'errorName'],
  },
  eventsNotStored: {
    code: 'PE5003',
    level: 'error',
    text: 'Events of a resident could not be stored; the bureau was told to send them again',
    fields: ['operationId', 'count', 'errorName', 'stack'],
  },
} as const satisfies Record<string, LogMessage>;

export type LogMessageName = keyof typeof logMessages;

/** The fields of one message; each may be left out. */
export type FieldsOf<Name extends LogMessageName> = {
  readonly [Field in (typeof logMessages)[Name]['fields'][number]]?: LogFields[Field] | undefined;
};
