import { isNode, LineCounter, parseDocument } from 'yaml';

/** A place in a text, line and column from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Where the value a JSON Pointer (RFC 6901) names stands in a JSON text, or the nearest part around it that does. */
export function placeOfPointer(text: string, pointer: string): Place {
  const lines = new LineCounter();
  // JSON is YAML, and the YAML parser remembers where everything stood.
  const document = parseDocument(text, { lineCounter: lines, keepSourceTokens: false });
  const path = pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
  for (let length = path.length; length >= 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return place(lines, node.range[0]);
  }
  return { line: 1, column: 1 };
}

/** Where a text stops being JSON; `null` when it is JSON. */
export function placeOfSyntaxError(text: string): Place | null {
  const message = syntaxError(text);
  if (message === null) return null;
  const [, line, column] = /line (\d+) column (\d+)/.exec(message) ?? [];
  if (line !== undefined) return { line: Number(line), column: Number(column) };
  const before = text.slice(0, isStrayToken(message) ? offsetOfStrayToken(text) : text.length).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function syntaxError(text: string): string | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    return (error as SyntaxError).message;
  }
}

function isStrayToken(message: string): boolean {
  return message.startsWith('Unexpected token');
}

/**
 * Where the token stands that cannot stand there: the parser does not tell, but it complains of it for every beginning
 * of the text that holds the token and for none that ends before it.
 */
function offsetOfStrayToken(text: string): number {
  let without = 0;
  let withToken = text.length;
  while (withToken - without > 1) {
    const middle = (without + withToken) >> 1;
    if (isStrayToken(syntaxError(text.slice(0, middle)) ?? '')) withToken = middle;
    else without = middle;
  }
  return without;
}

function place(lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}
