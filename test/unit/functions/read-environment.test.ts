import { describe, expect, it } from 'vitest';
import { environmentSchema } from '../../../functions/eligibility/env.ts';
import { readEnvironment } from '../../../functions/read-environment.ts';

describe('readEnvironment', () => {
  it('reads what is set and fills in what may be left out', () => {
    expect(readEnvironment(environmentSchema, { POLICIES_TABLE: 'policies', PATH: '/bin' })).toEqual({
      POLICIES_TABLE: 'policies',
      DEFAULT_POLICY: 'chengdu',
    });
  });

  it('names every variable at fault and repeats no value', () => {
    const read = () => readEnvironment(environmentSchema, { DYNAMODB_ENDPOINT: 'secret' });
    expect(read).toThrow(/POLICIES_TABLE.*DYNAMODB_ENDPOINT/);
    expect(read).not.toThrow(/secret/);
  });
});
