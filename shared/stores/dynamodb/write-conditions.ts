/** The condition of a write that must not find anything. */
export const ifAbsent = { ConditionExpression: 'attribute_not_exists(pk)' } as const;

/** The same, for whoever wants to know what stood there: it comes back with the refusal. */
export const ifAbsentElseOld = {
  ...ifAbsent,
  ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
} as const;
