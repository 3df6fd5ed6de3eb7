/**
 * Documents a resident is known by: `resident-id` 居民身份证, `hmt-permit` 港澳台居民居住证, `foreign-pr`
 * 外国人永久居留身份证.
 */
export const DOCUMENT_TYPES = ['resident-id', 'hmt-permit', 'foreign-pr'] as const;
export type DocumentType = (typeof DOCUMENT_TYPES)[number];

/** A document as it was given. The number is a string: as a JavaScript number its last digits would be lost. */
export interface Document {
  readonly type: DocumentType;
  readonly number: string;
}

/** A document whose number is in its one canonical form and holds together; only `normaliseDocument` makes one. */
export type CanonicalDocument = Document & { readonly __brand: 'CanonicalDocument' };
