/** A figure the law leaves open or that no source publishes: the test is then unknown, `not-published`. */
export const NOT_PUBLISHED = 'not-published';
