import type { CompiledCondition, CompiledPolicy } from '../compiled-policy.ts';
import { factLabel } from '../fact-label.ts';
import type { CompiledFact } from '../facts/compiled-fact.ts';
import type { FactVector } from '../facts/fact-vector.ts';
import type { Language } from '../pack-schema.ts';
import { FactWords } from './fact-words.ts';
import { insideJson } from './json-text.ts';

/**
 * What a condition found, as the JSON of `actual`: the value of its fact, or of several with their names; null when
 * nothing is known. Codes of facts (fact-vector.ts) tell all of it, of months and names and never of whom.
 */
export class ActualWords {
  /** Its place among those of the policy. */
  readonly place: number;
  private readonly words: readonly FactWords[];
  private readonly between: string;
  /** Whether what it says of two facts can be the same, which is then said once. */
  private readonly mayRepeat: boolean;
  /** By fact: its column. */
  readonly columns: readonly number[];

  constructor(place: number, policy: CompiledPolicy, { tests }: CompiledCondition, language: Language) {
    this.place = place;
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
  }

  /** What is said of these facts. */
  text(vector: FactVector): string {
    let text = '';
    for (let index = 0; index < this.words.length; index++) {
      const words = this.words[index]!.text(vector);
      if (words === null || (this.mayRepeat && this.isSaidBefore(index, words, vector))) continue;
      text += (text === '' ? '"' : this.between) + words;
    }
    return text === '' ? 'null' : `${text}"`;
  }

  private isSaidBefore(index: number, words: string, vector: FactVector): boolean {
    for (let before = 0; before < index; before++) {
      if (this.words[before]!.text(vector)?.includes(words)) return true;
    }
    return false;
  }
}

const NO_FACT = -1;
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
