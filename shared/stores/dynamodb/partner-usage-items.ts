import * as z from 'zod/mini';
import { partnerTerms } from '../../contract/partner/terms.ts';
import type { LimitedKind } from '../../domain/partners/partner-usage.ts';

/**
 * The items of a third party in the `partners` table, beside those of its keys. Whoever changes the shape of an item
 * raises this number and teaches the readers both shapes: terms stay.
 */
export const partnerUsageItemsSchemaVersion = 1;

const partition = z.string().check(z.regex(/^PARTNER#[a-z0-9][a-z0-9-]{0,31}$/));
const common = {
  pk: partition,
  schemaVersion: z.literal(partnerUsageItemsSchemaVersion),
};
/** Epoch seconds after which DynamoDB deletes an item. */
const expiresAt = z.int().check(z.minimum(0));

const counterName = { checks: 'CHECKS', persons: 'PERSONS' } as const satisfies Record<LimitedKind, string>;
const partitionOf = (partner: string) => `PARTNER#${partner}`;

export const partnerUsageKeys = {
  partition: partitionOf,
  terms: (partner: string) => ({ pk: partitionOf(partner), sk: 'TERMS' }),
  /** What the sort keys of a day's shards of a counter begin with. */
  counter: (kind: LimitedKind, day: string) => `${counterName[kind]}#${day}#`,
  shard: (partner: string, kind: LimitedKind, day: string, shard: number) => ({
    pk: partitionOf(partner),
    sk: `${partnerUsageKeys.counter(kind, day)}${shard}`,
  }),
  /** Of no day: what was counted before midnight is not counted again after it. */
  check: (partner: string, id: string) => ({ pk: partitionOf(partner), sk: `CHECK#${id}` }),
  person: (partner: string, day: string, mark: string) => ({
    pk: partitionOf(partner),
    sk: `PERSON#${day}#${mark}`,
  }),
  notice: (partner: string, day: string, kind: LimitedKind, limit: number) => ({
    pk: partitionOf(partner),
    sk: `NOTICE#${day}#${counterName[kind]}#${limit}`,
  }),
} as const;

/** What was agreed with a third party; the last ones count. */
export const termsItemSchema = z.strictObject({
  ...common,
  sk: z.literal('TERMS'),
  type: z.literal('partner-terms'),
  ...partnerTerms.shape,
  setAt: z.iso.datetime(),
});

/** A part of what was used of a day. */
export const usageShardItemSchema = z.strictObject({
  ...common,
  sk: z.string().check(z.regex(/^(CHECKS|PERSONS)#\d{4}-\d{2}-\d{2}#\d$/)),
  type: z.literal('partner-usage'),
  used: z.int().check(z.minimum(0)),
  expiresAt,
});

/** That a check was counted, by the id that its answer is or will be kept under. */
export const countedCheckItemSchema = z.strictObject({
  ...common,
  sk: z.string().check(z.regex(/^CHECK#dc_[\w-]{32}$/)),
  type: z.literal('partner-check'),
  expiresAt,
});

/** That somebody was asked about on a day. Who it was is not to be told from it. */
export const personItemSchema = z.strictObject({
  ...common,
  sk: z.string().check(z.regex(/^PERSON#\d{4}-\d{2}-\d{2}#[\w-]{43}$/)),
  type: z.literal('partner-person'),
  expiresAt,
});

/** That operators were told how near a limit of a day is. */
export const noticeItemSchema = z.strictObject({
  ...common,
  sk: z.string().check(z.regex(/^NOTICE#\d{4}-\d{2}-\d{2}#(CHECKS|PERSONS)#\d+$/)),
  type: z.literal('partner-notice'),
  expiresAt,
});
