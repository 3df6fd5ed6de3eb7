/** One piece of several, for a part of answers that is made once: a tree of pieces would be walked through with every answer. */
export function onePiece(...pieces: readonly string[]): string {
  return pieces.join('');
}

/** The JSON of an object without its closing brace: more members are to follow. */
export function openObject(value: object): string {
  return JSON.stringify(value).slice(0, -1);
}

const [SPACE, TILDE, QUOTE, BACKSLASH] = [0x20, 0x7e, 0x22, 0x5c] as const;

/** A text as a JSON string. Of plain ASCII, as codes are, it is the text itself: to ask JSON takes ten times as long. */
export function quoted(text: string): string {
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < SPACE || unit > TILDE || unit === QUOTE || unit === BACKSLASH) return JSON.stringify(text);
  }
  return `"${text}"`;
}

/** A text as it stands between the quotes of a JSON string, so that it can become part of a longer one. */
export function insideJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
