import type { KeyObject } from 'node:crypto';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import type { CanonicalDocument } from '../../domain/identity/document.ts';
import { normaliseDocument } from '../../domain/identity/normalise-document.ts';
import { type RegisterEvent, registerEventSchema } from '../../domain/register/register-event.ts';
import { type ResidentRecord, readRecord, recordText } from '../../domain/register/resident-record.ts';
import { openEnvelopeBytes, sealEnvelopeBytes } from '../../security/envelope.ts';

/** First byte of what is sealed here: how the text after it is written. */
const plain = 0;
const compressed = 1;

/** Below this many bytes a text costs one unit of reading whether it is compressed or not. */
const worthCompressing = 1_024;

/** No text of a resident is this long; what unpacks to more was not written by us. */
const maxTextBytes = 8 * 1024 * 1024;

/** What a resident's record item holds in its envelope. */
export interface RecordPayload {
  readonly document: CanonicalDocument;
  readonly record: ResidentRecord;
}

/** Seals document and record: the document on the first line, the record's canonical text on the second. */
export function sealRecord(
  dataKey: KeyObject,
  residentId: string,
  { document: { type, number }, record }: RecordPayload,
): Uint8Array {
  const text = `${JSON.stringify([type, number])}\n${recordText(record)}`;
  return sealEnvelopeBytes(dataKey, pack(text), { residentId, item: 'RECORD' });
}

/** @throws Unopenable, RecordUnreadable, and TypeError for a document that is none. */
export function openRecord(dataKey: KeyObject, residentId: string, envelope: Uint8Array): RecordPayload {
  const text = unpack(openEnvelopeBytes(dataKey, envelope, { residentId, item: 'RECORD' }));
  const end = text.indexOf('\n');
  const [type, number] = JSON.parse(text.slice(0, end));
  const { document } = normaliseDocument({ type, number });
  if (document === undefined) throw new TypeError('The sealed document is none.');
  return { document, record: readRecord(text.slice(end + 1)) };
}

/** Seals an event under its own sort key. */
export function sealEvent(
  dataKey: KeyObject,
  residentId: string,
  item: string,
  event: RegisterEvent,
): Uint8Array {
  const text = JSON.stringify(registerEventSchema.parse(event));
  return sealEnvelopeBytes(dataKey, pack(text), { residentId, item });
}

/** @throws Unopenable, and ZodError for an event of a form this version does not read. */
export function openEvent(
  dataKey: KeyObject,
  residentId: string,
  item: string,
  envelope: Uint8Array,
): RegisterEvent {
  return registerEventSchema.parse(
    JSON.parse(unpack(openEnvelopeBytes(dataKey, envelope, { residentId, item }))),
  );
}

/**
 * An envelope in pieces of about equal size, none above `pieceBytes`.
 *
 * @param atLeast how many there must be: pieces are overwritten, never deleted.
 */
export function cutEnvelope(envelope: Uint8Array, pieceBytes: number, atLeast: number): Uint8Array[] {
  const count = Math.max(atLeast, Math.ceil(envelope.byteLength / pieceBytes));
  const start = (piece: number) => Math.floor((piece * envelope.byteLength) / count);
  return Array.from({ length: count }, (_, piece) => envelope.subarray(start(piece), start(piece + 1)));
}

function pack(text: string): Uint8Array {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.byteLength < worthCompressing) return Buffer.concat([Uint8Array.of(plain), bytes]);
  const packed = brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      // A tenth of the size in a fifth of a millisecond; higher levels take ten times as long for a few percent.
      [constants.BROTLI_PARAM_QUALITY]: 5,
      [constants.BROTLI_PARAM_LGWIN]: 16,
    },
  });
  return Buffer.concat([Uint8Array.of(compressed), packed]);
}

function unpack(packed: Buffer): string {
  const bytes = packed.subarray(1);
  if (packed[0] === plain) return bytes.toString('utf8');
  if (packed[0] !== compressed) throw new TypeError('The sealed text is written in an unknown way.');
  return brotliDecompressSync(bytes, { maxOutputLength: maxTextBytes }).toString('utf8');
}
