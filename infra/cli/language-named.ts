import { type Language, languages } from '../../shared/contract/language.ts';
import { CommandError } from '../command-error.ts';

/**
 * The language that `--lang` names, in capital or small letters.
 *
 * @throws CommandError when it is none of ours.
 */
export function languageNamed(name: string): Language {
  const language = languages.find((known) => known.toLowerCase() === name.toLowerCase());
  if (language === undefined) throw new CommandError(`--lang must be ${languages.join(' or ')}.`);
  return language;
}
