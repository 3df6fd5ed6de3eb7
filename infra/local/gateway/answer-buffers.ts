const encoder = new TextEncoder();
/** An answer with all reasons takes about 100 KB; no UTF-16 unit takes more than three bytes. */
const usualBytes = 256 * 1024;
const mostBytesPerUnit = 3;

/**
 * Memory from which answers are sent, used again for the next ones: to fetch as much from the system for each takes
 * longer than the function takes for its answer. There are as many buffers as answers were ever under way at once.
 */
export class AnswerBuffers {
  readonly #free: Uint8Array[] = [];

  /** A text as UTF-8. The bytes are the caller's until {@link giveBack}. */
  encode(text: string): Uint8Array {
    const most = text.length * mostBytesPerUnit;
    const buffer =
      most > usualBytes ? new Uint8Array(most) : (this.#free.pop() ?? new Uint8Array(usualBytes));
    return buffer.subarray(0, encoder.encodeInto(text, buffer).written);
  }

  /** Bytes that {@link encode} gave, and that nobody reads any more. */
  giveBack({ buffer }: Uint8Array): void {
    if (buffer.byteLength === usualBytes) this.#free.push(new Uint8Array(buffer as ArrayBuffer));
  }
}
