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
  /** The logical name of a table. */
  table: string;
  /** Where a change stands in its table's stream. */
  sequenceNumber: string;
  /** Whom changes are handed to. */
  subscriber: string;
  /** Names of the parts of a stream record at fault, never what they hold. */
  places: readonly string[];
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
  unknownItemKind: {
    code: 'PE4002',
    level: 'warn',
    text: 'An item of a kind this version does not know changed; told without its key',
    fields: ['table', 'sequenceNumber'],
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
  unreadableChange: {
    code: 'PE5003',
    level: 'error',
    text: 'A change of a table cannot be read; after the last try it goes to the dead letters',
    fields: ['table', 'sequenceNumber', 'places'],
  },
  changesNotTaken: {
    code: 'PE5004',
    level: 'error',
    text: 'Changes of a table were not taken; they are delivered again',
    fields: ['table', 'sequenceNumber', 'subscriber', 'errorName', 'stack'],
  },
} as const satisfies Record<string, LogMessage>;

export type LogMessageName = keyof typeof logMessages;

/** The fields of one message; each may be left out. */
export type FieldsOf<Name extends LogMessageName> = {
  readonly [Field in (typeof logMessages)[Name]['fields'][number]]?: LogFields[Field] | undefined;
};
