/** A table, a row a line. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** An amount with its thousands told apart. */
export function money(amount: number, digits = 2): string {
  return amount.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** A number with as many digits as say something. */
export function count(number: number): string {
  const digits = number < 100 && !Number.isInteger(number) ? 2 : 0;
  return number.toLocaleString('en-US', { maximumFractionDigits: digits });
}
