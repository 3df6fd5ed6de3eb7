import type { CompiledCondition, CompiledPolicy } from '../compiled-policy.ts';
import { factLabel } from '../fact-label.ts';
import type { CompiledFact } from '../facts/compiled-fact.ts';
import { type FactVector, NO_CODE } from '../facts/fact-vector.ts';
import type { Language } from '../pack-schema.ts';
import { FactWords } from './fact-words.ts';
import { insideJson } from './json-text.ts';
import { NO_KEY } from './key-numbers.ts';

/**
 * What a condition found, as the JSON of `actual`: the value of its fact, or of several with their names; null when
 * nothing is known. Codes of facts (fact-vector.ts) tell all of it, of months and names and never of whom.
 */
export class ActualWords {
  private readonly words: readonly FactWords[];
  private readonly between: string;
  /** Whether what it says of two facts can be the same, which is then said once. */
  private readonly mayRepeat: boolean;
  /** By fact: its column, and how many bits of a key its code takes. */
  private readonly columns: readonly number[];
  private readonly bits: readonly number[];
  /** Not where too much can be said for one number to tell it. */
  private readonly hasKeys: boolean;

  constructor(policy: CompiledPolicy, { tests }: CompiledCondition, language: Language) {
    const columns = new Set(tests.map((test) => policy.tests[test]!.fact));
    columns.delete(NO_FACT);
    this.columns = [...columns];
    const facts = this.columns.map((column) => policy.facts[column]!);
    const labels = facts.map((fact) =>
      facts.length > 1 || fact.isYesOrNo ? insideJson(nameOf(fact, language)) : '',
    );
    this.words = facts.map(
      (fact, index) => new FactWords(fact, this.columns[index]!, labels[index]!, language),
    );
    this.between = BETWEEN_FACTS[language];
    this.mayRepeat = labels.some((one, index) =>
      labels.some((other, at) => at !== index && one.endsWith(other)),
    );
    this.bits = facts.map(({ step }) => (step > 0 ? BITS_OF_NUMBER : BITS_OF_NAME));
    const bits = this.bits.reduce((sum, each) => sum + each, 0);
    this.hasKeys = bits <= MOST_BITS;
  }

  /** A number that tells all that is said of these facts, below 2 to the power of 28; {@link NO_KEY} where none does. */
  keyOf({ code: codes }: FactVector): number {
    if (!this.hasKeys) return NO_KEY;
    const { columns, bits } = this;
    if (columns.length === 1) {
      const code = codes[columns[0]!]!;
      return code === NO_CODE ? NO_KEY : code;
    }
    let key = 0;
    for (let index = 0; index < columns.length; index++) {
      const code = codes[columns[index]!]!;
      const width = bits[index]!;
      if (code === NO_CODE || code >> width !== 0) return NO_KEY;
      key = (key << width) | code;
    }
    return key;
  }

  /** What is said of these facts. */
  text(vector: FactVector): string {
    if (this.mayRepeat) return this.textOfEachOnce(vector);
    let text = '';
    for (const each of this.words) {
      const words = each.text(vector);
      if (words !== null) text += (text === '' ? '"' : this.between) + words;
    }
    return text === '' ? 'null' : `${text}"`;
  }

  private textOfEachOnce(vector: FactVector): string {
    const said: string[] = [];
    for (const each of this.words) {
      const text = each.text(vector);
      if (text !== null && !said.some((other) => other.includes(text))) said.push(text);
    }
    return said.length === 0 ? 'null' : `"${said.join(this.between)}"`;
  }
}

const NO_FACT = -1;
/** Yes and no and names have low codes. */
const BITS_OF_NAME = 4;
const BITS_OF_NUMBER = 8;
const MOST_BITS = 28;
const BETWEEN_FACTS: Readonly<Record<Language, string>> = {
  'zh-CN': '；',
  en: '; ',
};

/** What a fact is called, before its value. */
function nameOf(fact: CompiledFact, language: Language): string {
  const labels = fact.inputs.map((input) => factLabel(input, language));
  const name = fact.label?.[language] ?? labels.join(language === 'en' ? ' and ' : '、');
  return language === 'en' ? `${name}: ` : `${name}：`;
}
