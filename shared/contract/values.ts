import * as z from 'zod/mini';
import { documented } from './documented.ts';
import type { FieldErrorCode } from './field-errors.ts';

/** A check's message is the code of the field error it ends up as. */
const code = (code: FieldErrorCode): FieldErrorCode => code;

/** A day that exists, in the years 1900 to 2199. */
const existingDate = new RegExp(`^(?=19|20|21)${z.iso.date()._zod.def.pattern!.source.slice(1)}`);

/** A day that exists, `YYYY-MM-DD`, 1900-01-01 to 2199-12-31. 2024-02-30 is refused, never read as 1 March. */
export const civilDate = z
  .string()
  .check(z.regex(existingDate, code('not-a-date')))
  .apply(documented, {
    id: 'CivilDate',
    description: 'A civil date in Asia/Shanghai, `YYYY-MM-DD`, from 1900-01-01 to 2199-12-31. It must exist.',
    examples: ['2024-06-01'],
    override: { format: 'date' },
  });

/** A calendar month, `YYYY-MM`, 1900-01 to 2199-12. */
export const civilMonth = z
  .string()
  .check(z.regex(/^(?:19|20|21)\d{2}-(?:0[1-9]|1[0-2])$/, code('not-a-month')))
  .apply(documented, {
    id: 'CivilMonth',
    description: 'A calendar month, `YYYY-MM`, from 1900-01 to 2199-12.',
    examples: ['2024-05'],
  });

/** An instant, RFC 3339 with its offset. */
export const instant = z.iso.datetime({ offset: true }).apply(documented, {
  id: 'Instant',
  description: 'An instant, RFC 3339 with its offset.',
  examples: ['2024-02-20T00:00:00Z'],
});

/** GB/T 2260 code of a county-level unit, or a code of our own for Chengdu's zones that have none (`CD-GXQ`). */
export const areaCode = z
  .string()
  .check(z.regex(/^(?:[1-9]\d{5}|[A-Z]{2}-[A-Z]{2,8})$/, code('not-an-area-code')))
  .apply(documented, {
    id: 'AreaCode',
    description:
      'GB/T 2260 code of a county-level unit (six digits), or one of the private codes of the zones without one: `CD-TFXQ` (四川天府新区), `CD-GXQ` (成都高新区), `CD-DBXQ` (成都东部新区).',
    examples: ['510107'],
  });

/** Whole yuan. */
export const yuan = z
  .int()
  .check(z.minimum(0), z.maximum(1_000_000_000))
  .apply(documented, { description: 'Whole yuan.', examples: [90_000] });

/** A number of months a person can have lived or paid. */
export const monthCount = z
  .int()
  .check(z.minimum(0), z.maximum(1_800))
  .apply(documented, { description: 'Whole months.', examples: [72] });

/** A number of years a person can have lived or paid. */
export const yearCount = z
  .int()
  .check(z.minimum(0), z.maximum(150))
  .apply(documented, { description: 'Whole years.', examples: [6] });

/** A service's code, such as `housing.public-rental`. */
export const serviceCode = z
  .string()
  .check(z.regex(/^[a-z0-9][a-z0-9.+-]{0,63}$/))
  .apply(documented, {
    id: 'ServiceCode',
    description: 'Code of a service, `<category>.<name>`.',
    examples: ['housing.public-rental'],
  });

/** A policy's id, such as `chengdu`. */
export const policyId = z
  .string()
  .check(z.regex(/^[a-z0-9][a-z0-9.+-]{0,63}$/))
  .apply(documented, { id: 'PolicyId', description: 'Id of a policy.', examples: ['chengdu'] });

/** A version's name inside its policy: by custom the first day it is in force. */
export const policyVersion = z
  .string()
  .check(z.regex(/^[\w.-]{1,32}$/))
  .apply(documented, {
    id: 'PolicyVersion',
    description: 'Name of a version of a policy.',
    examples: ['2024-02-20'],
  });

/** What a pack hashes to: SHA-256 over its canonical JSON (RFC 8785). */
export const digest = z
  .string()
  .check(z.regex(/^sha256:[0-9a-f]{64}$/))
  .apply(documented, { id: 'Digest', description: 'SHA-256 over the canonical JSON (RFC 8785) of a pack.' });

/** The part of public life a service belongs to. */
export const serviceCategory = z
  .enum([
    'education',
    'employment',
    'health',
    'culture',
    'documents',
    'housing',
    'elderly',
    'welfare',
    'assistance',
    'legal',
    'rural',
  ])
  .apply(documented, { id: 'ServiceCategory', description: 'The part of public life a service belongs to.' });

/** 成府发〔2017〕23号 III(三): how a service is tied to residence. */
export const serviceTier = z.enum(['A', 'B', 'C']).apply(documented, {
  id: 'ServiceTier',
  description:
    '`A`: for every holder of a valid permit. `B`: by years of continuous residence and of insurance. `C`: by the years a child has been at school here.',
});
