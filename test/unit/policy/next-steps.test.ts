import { describe, expect, it } from 'vitest';
import { parseCivilDate } from '../../../shared/domain/calendar/civil-date.ts';
import { compilePolicy } from '../../../shared/domain/policy/compile.ts';
import { evaluateEligibility } from '../../../shared/domain/policy/evaluate-eligibility.ts';
import type { Pack } from '../../../shared/domain/policy/pack-schema.ts';
import { policyHistory } from '../../../shared/domain/policy/policy-history.ts';
import type { Resident } from '../../../shared/domain/resident/resident.ts';
import { samplePack } from '../../support/sample-pack.ts';

const text = (words: string) => ({ 'zh-CN': words, en: words });

function condition(remedy: string | null, test: object | string) {
  const source = { from: 'rules', article: '1', quote: 'words' };
  return { text: text('asked'), source, test, ...(remedy !== null && { remedy: text(remedy) }) };
}

function nextSteps(conditions: Record<string, object>, when: object, resident: Resident): string[] {
  const pack = samplePack();
  const service = pack.services['legal.aid']!;
  const changed = samplePack({
    conditions: conditions as Pack['conditions'],
    services: {
      'legal.aid': { ...service, routes: [{ id: 'way', name: text('Way'), when: when as never }] },
    },
  });
  const answer = evaluateEligibility(policyHistory('sample-city', [compilePolicy(changed)]), resident, {
    asOf: parseCivilDate('2020-06-01')!,
    explain: 'full',
    language: 'en',
  });
  return JSON.parse(answer).services[0].nextSteps;
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
