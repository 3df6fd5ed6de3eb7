import { describe, expect, it } from 'vitest';
import { Fragment, Utf8Output } from '../../../shared/domain/policy/render/json-output.ts';

const decode = (bytes: Uint8Array) => new TextDecoder('utf-8', { fatal: true }).decode(bytes);

describe('an answer as UTF-8', () => {
  it.each([
    '',
    'months',
    '75个月',
    'é, ß, ю',
    '㐀𠀀 and after it 证',
    '𠀀',
    '\u007f\u0080\u07ff\u0800\uffff',
  ])('holds what was written: %s', (text) => {
    const out = new Utf8Output();
    out.write('[');
    out.write(text);
    out.add(new Fragment(text, '|', text));
    out.write(']');
    expect(decode(out.bytes)).toBe(`[${text}${text}|${text}]`);
  });

  it('grows when an answer is longer than any before', () => {
    const out = new Utf8Output(4);
    const long = '居住证'.repeat(1_000);
    out.write(long);
    out.add(new Fragment(long));
    expect(decode(out.bytes)).toBe(long + long);
  });

  it('holds nothing of the last answer once it is cleared', () => {
    const out = new Utf8Output();
    out.write('the last answer');
    out.clear();
    out.write('next');
    expect(decode(out.bytes)).toBe('next');
  });
});
