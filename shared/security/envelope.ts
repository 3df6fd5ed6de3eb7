import type { KeyObject } from 'node:crypto';
import { openBytes, sealBytes } from './aes-gcm.ts';
import type { KeyContext } from './key-store.ts';

/** Where an envelope belongs. Moved to another resident or another item, it does not open. */
export interface EnvelopePlace {
  /** The resident's own id (`rs_…`), which stays when the key of the blind index changes. */
  readonly residentId: string;
  /** Which of the resident's items it is, for example `RECORD`. */
  readonly item: string;
}

/** The context a resident's data key is made and opened in. */
export function residentKeyContext(residentId: string): KeyContext {
  return { purpose: 'resident-data', resident: residentId };
}

/** The context of the data key of a decision about a person who is in no register. */
export function decisionKeyContext(decisionId: string): KeyContext {
  return { purpose: 'decision-data', decision: decisionId };
}

/** Encrypts bytes under the resident's data key, bound to their place. */
export function sealEnvelopeBytes(dataKey: KeyObject, bytes: Uint8Array, place: EnvelopePlace): Uint8Array {
  return sealBytes(dataKey, bytes, associatedWith(place));
}

/**
 * The bytes of an envelope.
 *
 * @throws Unopenable when the key, the place or any byte is another one.
 */
export function openEnvelopeBytes(dataKey: KeyObject, envelope: Uint8Array, place: EnvelopePlace): Buffer {
  return openBytes(dataKey, envelope, associatedWith(place));
}

/** Encrypts a text under the resident's data key, bound to its place. */
export function sealEnvelope(dataKey: KeyObject, text: string, place: EnvelopePlace): Uint8Array {
  return sealEnvelopeBytes(dataKey, Buffer.from(text, 'utf8'), place);
}

/**
 * The text of an envelope.
 *
 * @throws Unopenable when the key, the place or any byte is another one.
 */
export function openEnvelope(dataKey: KeyObject, envelope: Uint8Array, place: EnvelopePlace): string {
  return openEnvelopeBytes(dataKey, envelope, place).toString('utf8');
}

function associatedWith({ residentId, item }: EnvelopePlace): string {
  return JSON.stringify(['resident-envelope', residentId, item]);
}
