import type { FieldErrorCode } from '../contract/field-errors.ts';
import { limits } from '../contract/limits.ts';
import { pointerTo } from './pointer.ts';

/** Something about a JSON text that no parser objects to, and that nothing after the parser may meet. */
export interface JsonFault {
  readonly code: FieldErrorCode & ('too-deep' | 'too-many-values' | 'duplicate-key' | 'forbidden-key');
  /** RFC 6901. */
  readonly pointer: string;
  readonly maximum?: number;
}

/** An object or array that is being read. */
interface Container {
  /** The names met so far, null in an array. */
  readonly names: string[] | null;
  /** The same, from when looking through a list would take longer than asking a set. */
  manyNames: Set<string> | null;
  /** The position in an array, or the name of the member being read. */
  current: number | string;
  /** In an object: whether the next string is a name. */
  atName: boolean;
}

/** Names up to which a list is quicker than a set; objects of the contract have fewer. */
const FEW_NAMES = 16;

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/**
 * Looks through a JSON text, without recursion and without building anything from it, for what `JSON.parse` would let
 * pass: nesting deep enough to break what walks it later, more values than any sensible request has, a name twice in
 * one object (parsers disagree on which one counts: RFC 8259, section 4) and `__proto__`. Broken JSON is left to
 * `JSON.parse`. Ends at the first fault that is about size, else returns all, in the order of the text.
 */
export function findJsonFaults(text: string): JsonFault[] {
  const faults: JsonFault[] = [];
  const stack: Container[] = [];
  let top: Container | undefined;
  let values = 0;

  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case QUOTE: {
        const end = endOfString(text, at);
        if (end < 0) return faults;
        if (top?.names && top.atName) {
          const name = readName(text, at, end);
          if (name === null) return faults;
          if (++values > limits.values) return [...faults, tooManyValues];
          top.current = name;
          top.atName = false;
          if (name === '__proto__') faults.push({ code: 'forbidden-key', pointer: pointerOf(stack, 1) });
          if (isRepeated(top, name)) faults.push({ code: 'duplicate-key', pointer: pointerOf(stack) });
        }
        at = end;
        break;
      }
      case OPEN_BRACE:
      case OPEN_BRACKET: {
        if (stack.length === limits.depth) {
          return [...faults, { code: 'too-deep', pointer: pointerOf(stack), maximum: limits.depth }];
        }
        const isObject = text.charCodeAt(at) === OPEN_BRACE;
        top = { names: isObject ? [] : null, manyNames: null, current: 0, atName: isObject };
        stack.push(top);
        break;
      }
      case CLOSE_BRACE:
      case CLOSE_BRACKET:
        stack.pop();
        top = stack.at(-1);
        break;
      case COMMA:
        if (top === undefined) break;
        if (top.names) top.atName = true;
        else if (++values > limits.values) return [...faults, tooManyValues];
        else top.current = Number(top.current) + 1;
        break;
    }
  }
  return faults;
}

const tooManyValues: JsonFault = { code: 'too-many-values', pointer: '', maximum: limits.values };

/** The pointer to what is being read, or to what holds it `levels` further out. */
function pointerOf(stack: readonly Container[], levels = 0): string {
  return pointerTo(
    '',
    stack.slice(0, stack.length - levels).map(({ current }) => current),
  );
}

/** Whether the object has the name already; remembers it. */
function isRepeated(container: Container, name: string): boolean {
  const names = container.names!;
  if (names.length < FEW_NAMES) {
    if (names.includes(name)) return true;
    names.push(name);
    return false;
  }
  container.manyNames ??= new Set(names);
  if (container.manyNames.has(name)) return true;
  container.manyNames.add(name);
  return false;
}

/** The position of the quote that ends the string begun at `start`, or -1. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return end;
  }
  return -1;
}

/** A member name, its escapes read (`"\u0061"` is `a`); null when it cannot be read. */
function readName(text: string, start: number, end: number): string | null {
  const raw = text.slice(start + 1, end);
  if (!raw.includes('\\')) return raw;
  try {
    return JSON.parse(text.slice(start, end + 1));
  } catch {
    return null;
  }
}
