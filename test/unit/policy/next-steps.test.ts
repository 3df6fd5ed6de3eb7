import { describe, expect, it } from 'vitest';
import type { Resident } from '../../../shared/domain/resident/resident.ts';
import { answersOf, conditionOn } from '../../support/packs/one-service.ts';

const condition = (remedy: string | null, test: object | string) => conditionOn(test, remedy);

function nextSteps(conditions: Record<string, object>, when: object, resident: Resident): readonly string[] {
  return answersOf([{ conditions, routes: [when] }], resident)[0]!.nextSteps;
}

const permit = condition('endorse the permit', { fact: 'permit.status', is: 'valid' });
const contract = condition('sign a contract', { fact: 'employment.contract', is: true });
const open = condition(null, 'not-published');

describe('next steps', () => {
  it('name the remedy of every unmet condition of an all', () => {
    const resident: Resident = { permit: { status: 'suspended' }, employment: { contract: false } };
    expect(nextSteps({ permit, contract }, { all: ['permit', 'contract'] }, resident)).toEqual([
      'endorse the permit',
      'sign a contract',
    ]);
  });

  it('take the nearest part of an any: what has a remedy before what has none', () => {
    const hopeless = condition(null, { fact: 'employment.contract', is: true });
    const resident: Resident = { permit: { status: 'suspended' }, employment: { contract: false } };
    expect(nextSteps({ hopeless, permit }, { any: ['hopeless', 'permit'] }, resident)).toEqual([
      'endorse the permit',
    ]);
  });

  it('show both of two conditions that ask the same of one source', () => {
    const again = condition('ask the police', { fact: 'permit.status', is: 'valid' });
    const resident: Resident = { permit: { status: 'suspended' } };
    expect(nextSteps({ permit, again }, { all: ['permit', 'again'] }, resident)).toEqual([
      'endorse the permit',
      'ask the police',
    ]);
  });

  it('say whom to ask where a figure is not published', () => {
    const [step] = nextSteps({ permit, open }, { all: ['permit', 'open'] }, { permit: { status: 'valid' } });
    expect(step).toMatch(/not published/);
  });
});
