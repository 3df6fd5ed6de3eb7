import { describe, expect, it } from 'vitest';
import { sourceGrade } from '../../../shared/contract/evaluation/response.ts';
import { serviceCategory } from '../../../shared/contract/values.ts';
import { CATEGORIES, gradeSchema } from '../../../shared/domain/policy/pack-schema.ts';

// The contract may know nothing of the domain and the domain nothing of the wire: what both must name is held equal here.
describe('values that stand on the wire and in packs', () => {
  it('are the same categories', () => {
    expect(serviceCategory.options).toEqual([...CATEGORIES]);
  });

  it('are the same grades of a source', () => {
    expect(sourceGrade.options).toEqual(gradeSchema.options);
  });
});
