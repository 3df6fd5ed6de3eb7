import type * as z from 'zod/mini';
import type { environmentSchema } from './env.ts';

type Environment = z.infer<typeof environmentSchema>;

/** A kind of item and the keys it has. What a key may hold is decided here: a value of a person must not fit. */
export interface ItemKind {
  readonly kind: string;
  readonly pk: RegExp;
  readonly sk: RegExp;
}

export interface StreamedTable {
  /** The variable that holds the table's name. */
  readonly environmentVariable: Exclude<keyof Environment, 'AUDIT_TABLE' | 'DYNAMODB_ENDPOINT'>;
  readonly kinds: readonly ItemKind[];
}

/**
 * The tables whose changes are told, by logical name, and the kinds of items in each. The deployment does not compile
 * while a table of `infra/tables.ts` has a stream and is missing here.
 */
export const streamedTables = {
  policies: {
    environmentVariable: 'POLICIES_TABLE',
    kinds: [
      { kind: 'policy-version', pk: /^POLICY#[a-z0-9.+-]{1,64}$/, sk: /^VERSION#[\w.-]{1,32}$/ },
      { kind: 'policy-digest', pk: /^DIGEST#sha256:[0-9a-f]{64}$/, sk: /^DIGEST$/ },
      { kind: 'policy-pointer', pk: /^POINTER$/, sk: /^POLICY#[a-z0-9.+-]{1,64}$/ },
    ],
  },
  residents: {
    environmentVariable: 'RESIDENTS_TABLE',
    kinds: [
      { kind: 'resident-record', pk: /^INDEX#v[1-9]\d*\.[\w-]{43}$/, sk: /^RECORD$/ },
      { kind: 'resident-part', pk: /^RESIDENT#rs_[\w-]{22}$/, sk: /^PART#[1-9]\d*$/ },
      // Ids of events are the bureaus'; one that holds the number of its document was refused.
      { kind: 'register-event', pk: /^RESIDENT#rs_[\w-]{22}$/, sk: /^EVENT#[a-z0-9-]+#[\w.:-]+$/ },
      { kind: 'resident-key', pk: /^KEY#rs_[\w-]{22}$/, sk: /^KEY$/ },
      { kind: 'erasing-resident', pk: /^ERASING$/, sk: /^rs_[\w-]{22}$/ },
      { kind: 'erased-resident', pk: /^ERASED$/, sk: /^rs_[\w-]{22}$/ },
      { kind: 'index-key', pk: /^INDEX-KEY$/, sk: /^v[1-9]\d*$/ },
      { kind: 'current-index-key', pk: /^INDEX-KEY$/, sk: /^CURRENT$/ },
    ],
  },
  decisions: {
    environmentVariable: 'DECISIONS_TABLE',
    kinds: [
      { kind: 'decision', pk: /^DECISION#dc_[\w-]{32}$/, sk: /^DECISION$/ },
      { kind: 'review', pk: /^REVIEW#rv_[\w-]{32}$/, sk: /^REVIEW$/ },
      {
        kind: 'review-of-resident',
        pk: /^RESIDENT#rs_[\w-]{22}$/,
        sk: /^REVIEW#\d{4}-\d\d-\d\dT[\d:.]{12}Z#rv_[\w-]{32}$/,
      },
      { kind: 'open-review', pk: /^OPEN-REVIEWS$/, sk: /^\d{4}-\d\d-\d\dT[\d:.]{12}Z#rv_[\w-]{32}$/ },
      { kind: 'consent', pk: /^RESIDENT#rs_[\w-]{22}$/, sk: /^CONSENT#cn_[\w-]{32}$/ },
    ],
  },
} as const satisfies Record<string, StreamedTable>;

/** A table as this function runs beside it. */
export interface NamedTable {
  /** The logical name. */
  readonly name: string;
  readonly kinds: readonly ItemKind[];
}

/** The streamed tables by the names they have where this function runs. */
export function namedTables(environment: Environment): ReadonlyMap<string, NamedTable> {
  return new Map(
    Object.entries(streamedTables).map(([name, { environmentVariable, kinds }]) => [
      environment[environmentVariable],
      { name, kinds },
    ]),
  );
}
