import { transcode } from 'node:buffer';

/** Room for an answer with all reasons, which has about 70,000 UTF-16 units. */
const usualBytes = 256 * 1024;
const bytesPerUnit = 2;

/**
 * Turns answers into UTF-8. A text is copied as it stands, into memory that is used again, and encoded from there by
 * `transcode`, which looks at many units at once: the encoder behind strings looks at one after the other and takes four
 * times as long.
 */
export class AnswerEncoder {
  readonly #units = Buffer.allocUnsafeSlow(usualBytes);

  /** A text as UTF-8; what is no character, half of a surrogate pair, as U+FFFD. */
  encode(text: string): Uint8Array {
    const most = text.length * bytesPerUnit;
    const units = most > usualBytes ? Buffer.allocUnsafeSlow(most) : this.#units;
    const copied = units.subarray(0, units.write(text, 'utf16le'));
    try {
      return transcode(copied, 'utf16le', 'utf8');
    } catch {
      return Buffer.from(text);
    }
  }
}
