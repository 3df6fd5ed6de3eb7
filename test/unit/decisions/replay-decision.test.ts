import { describe, expect, it } from 'vitest';
import { type Decision, decisionText, readDecision } from '../../../shared/domain/decisions/decision.ts';
import { engineOf } from '../../../shared/domain/decisions/engines.ts';
import { replayDecision } from '../../../shared/domain/decisions/replay-decision.ts';
import { compilePolicy } from '../../../shared/domain/policy/compile.ts';
import { ENGINE_VERSION } from '../../../shared/domain/policy/engine-version.ts';
import { policyHistory } from '../../../shared/domain/policy/policy-history.ts';
import { generateCases } from '../../support/generate-residents.ts';
import { productPacks } from '../../support/product-packs.ts';
import { city, sampleDecision, sampleQuestion } from '../../support/sample-decision.ts';
import { samplePackOf } from '../../support/sample-pack.ts';

const id = `dc_${'a'.repeat(32)}`;

describe('replaying a decision', () => {
  it('gives equal bytes for whatever was asked, after it was stored', () => {
    const packs = productPacks().filter(({ policy }) => policy === 'chengdu');
    const chengdu = policyHistory('chengdu', packs.map(compilePolicy));
    for (const { resident, asOf } of generateCases(40, 7)) {
      const question = { ...sampleQuestion, asOf, resident, shown: ['permit'] };
      const decision = readDecision(decisionText(sampleDecision(id, question, chengdu)));
      expect(replayDecision(decision, chengdu)).toMatchObject({ result: 'decided', identical: true });
    }
  });

  it('says so when the bytes are others', () => {
    const decision = sampleDecision(id);
    const altered = { ...decision, outcome: decision.outcome.replace('"met"', '"unmet"') };
    expect(altered.outcome).not.toBe(decision.outcome);
    expect(replayDecision(altered, city)).toEqual({
      result: 'decided',
      identical: false,
      outcome: decision.outcome,
    });
  });

  it('leaves out what was published since: dates of change are those that could be known then', () => {
    const [now, later] = [samplePackOf(2020), samplePackOf(2021)].map(compilePolicy);
    const stops = policyHistory('sample-city', [now!]);
    const goesOn = policyHistory('sample-city', [now!, later!]);
    const question = { ...sampleQuestion, asOf: '2020-06-01' };
    const decision = sampleDecision(id, question, stops);
    expect(sampleDecision(id, question, goesOn).outcome).not.toBe(decision.outcome);
    expect(replayDecision(decision, goesOn)).toMatchObject({ result: 'decided', identical: true });
  });

  it('knows nothing of a version that has ended one without an end since, even where it began before asOf', () => {
    const open = compilePolicy({ ...samplePackOf(2020), effective: { from: '2020-01-01', until: null } });
    const question = { ...sampleQuestion, asOf: '2021-06-01' };
    const decision = sampleDecision(id, question, policyHistory('sample-city', [open]));
    const today = policyHistory('sample-city', [open, compilePolicy(samplePackOf(2021))]);
    expect(sampleDecision(id, question, today).policy.digest).not.toBe(decision.policy.digest);
    expect(replayDecision(decision, today)).toMatchObject({ result: 'decided', identical: true });
  });

  it.each<[string, Partial<Decision>, string]>([
    ['an engine that is not to be had', { engine: '0.9.0' }, 'unknown-engine'],
    ['an engine named like a member of every object', { engine: 'constructor' }, 'unknown-engine'],
    [
      'a version with another digest',
      {
        policy: {
          ...sampleDecision(id).policy,
          published: [{ version: '2024', digest: `sha256:${'0'.repeat(64)}` }],
        },
      },
      'policy-version-changed',
    ],
    [
      'a digest under another version',
      {
        policy: {
          ...sampleDecision(id).policy,
          published: [{ version: '2023', digest: sampleDecision(id).policy.digest }],
        },
      },
      'policy-version-changed',
    ],
    [
      'a version in force that was not the one of then',
      { policy: { ...sampleDecision(id).policy, digest: `sha256:${'0'.repeat(64)}` } },
      'policy-version-changed',
    ],
  ])('takes nothing in the place of %s', (_, changes, result) => {
    expect(replayDecision({ ...sampleDecision(id), ...changes }, city)).toEqual({ result });
  });

  it('takes nothing in the place of a policy that is not published', () => {
    expect(replayDecision(sampleDecision(id), null)).toEqual({ result: 'policy-version-changed' });
  });
});

describe('the engines', () => {
  it('have the one that decides today', () => {
    expect(engineOf(ENGINE_VERSION)).not.toBeNull();
    expect(engineOf('')).toBeNull();
  });
});
