/** The languages an answer can be had in; the first is the default. */
export const languages = ['zh-CN', 'en'] as const;
export type Language = (typeof languages)[number];

/** A text in every language of the API. */
export type Translated = Readonly<Record<Language, string>>;
