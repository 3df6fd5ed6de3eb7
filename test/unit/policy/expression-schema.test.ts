import { describe, expect, it } from 'vitest';
import { englishIssues, issueText } from '../../../shared/domain/issues/english-issues.ts';
import { expressionSchema } from '../../../shared/domain/policy/expression-schema.ts';

const faultsOf = (value: unknown) =>
  (expressionSchema.safeParse(value, englishIssues).error?.issues ?? []).map(issueText);

describe('what a condition asks', () => {
  it.each([
    [{ not: { fact: 1 } }, 'not.fact: Invalid input: expected string, received number'],
    [{ all: [] }, 'all: Too small: expected array to have >=1 items'],
    [{ insurance: {}, monthes: 3 }, 'monthes'],
    [
      { all: [{ age: { atLeast: 'x' } }] },
      'all.0.age.atLeast: must be a number of years, { male, female } or not-published',
    ],
    [{ zzz: 1 }, 'must be not-published or one of: all, any, not, of, fact'],
  ])('of %j says where it is wrong, and what was expected', (value, fault) => {
    expect(faultsOf(value).join('\n')).toContain(fault);
  });

  it('reports the form that was meant alone', () => {
    expect(faultsOf({ fact: 'nope', is: true })).toEqual(['fact: is not a fact of the vocabulary: nope']);
  });
});
