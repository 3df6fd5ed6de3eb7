import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { languages } from '../../../shared/contract/language.ts';
import { acceptLanguage } from '../../../shared/http/accept-language.ts';

describe('acceptLanguage', () => {
  it.each([
    [undefined, 'zh-CN'],
    ['', 'zh-CN'],
    ['en', 'en'],
    ['en-GB', 'en'],
    ['EN-us;Q=0.4', 'en'],
    ['zh-TW, en;q=0.5', 'zh-CN'],
    ['zh;q=0.4, en;q=0.5', 'en'],
    ['en;q=0.5, zh;q=0.5', 'en'],
    ['fr, de;q=0.9', 'zh-CN'],
    ['fr, en;q=0.1', 'en'],
    ['*', 'zh-CN'],
    ['en;q=0', 'zh-CN'],
    ['en;q=2', 'zh-CN'],
    ['english', 'zh-CN'],
  ])('reads %j as %s', (value, language) => {
    expect(acceptLanguage(value)).toBe(language);
  });

  it('answers in a language of ours whatever the header holds', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        expect(languages).toContain(acceptLanguage(value));
      }),
    );
  });
});
