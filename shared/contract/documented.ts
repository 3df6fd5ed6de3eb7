import * as z from 'zod/mini';

/**
 * A schema with what documents say of it: `z.string().apply(documented, { description: 'A name.' })`. The schema it is
 * called on stays as it is, and may be given other words elsewhere. Bundles are made without these words (`without-documents.ts`).
 */
export function documented<Schema extends z.ZodMiniType>(schema: Schema, about: z.core.GlobalMeta): Schema {
  const copy = z.clone(schema, schema._zod.def, { parent: true });
  z.globalRegistry.add<z.core.$ZodType>(copy, about);
  return copy;
}
