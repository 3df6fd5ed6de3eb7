import type { CompiledPolicy } from '../compiled-policy.ts';
import type { Language, PackCitation } from '../pack-schema.ts';

/** A citation as an answer shows it; the quote stays in the words of the law. */
export function citedSource(policy: CompiledPolicy, citation: PackCitation, language: Language) {
  const source = policy.pack.sources[citation.from]!;
  return {
    document: source.document[language],
    article: citation.article,
    quote: citation.quote,
    grade: citation.grade ?? source.grade,
  };
}
