import { describe, expect, it } from 'vitest';
import {
  type DecisionCaller,
  DecisionUnreadable,
  decisionText,
  readDecision,
} from '../../../shared/domain/decisions/decision.ts';
import {
  randomDecisionId,
  repeatableDecisionId,
  requestFingerprint,
} from '../../../shared/domain/decisions/decision-id.ts';
import { sampleDecision } from '../../support/sample-decision.ts';

const id = `dc_${'a'.repeat(32)}`;
const clerk: DecisionCaller = { kind: 'clerk', subject: 'c-1', district: '510107', post: 'w-1' };

describe('a decision', () => {
  it('is written in one form and read back as it was', () => {
    const decision = sampleDecision(id);
    const backwards = Object.fromEntries(Object.entries(decision).reverse()) as typeof decision;
    expect(decisionText(backwards)).toBe(decisionText(decision));
    expect(readDecision(decisionText(decision))).toEqual(decision);
  });

  it('is not written in a form that could not be read', () => {
    for (const wrong of [{ extra: 1 }, { schemaVersion: 2 }, { id: 'dc_1' }, { purpose: 'curiosity' }]) {
      expect(() => decisionText({ ...sampleDecision(id), ...wrong } as never)).toThrow(DecisionUnreadable);
    }
  });

  it.each([['not JSON 000000189912310012'], ['null'], ['{"schemaVersion":2}']])(
    'is refused, without being repeated, when it reads %s',
    (text) => {
      expect(() => readDecision(text)).toThrow(new DecisionUnreadable());
    },
  );
});

describe('the id of a decision', () => {
  it('is the same for the same caller, operation and key, and another for any other', () => {
    const own = repeatableDecisionId(clerk, 'createCounterCheck', 'k-1');
    expect(repeatableDecisionId({ ...clerk, post: 'w-2' }, 'createCounterCheck', 'k-1')).toBe(own);
    const partner: DecisionCaller = { kind: 'partner', partner: 'c-1', key: 'a' };
    const others = [
      repeatableDecisionId({ ...clerk, subject: 'c-2' }, 'createCounterCheck', 'k-1'),
      repeatableDecisionId(clerk, 'createPartnerCheck', 'k-1'),
      repeatableDecisionId(clerk, 'createCounterCheck', 'k-2'),
      repeatableDecisionId(partner, 'createCounterCheck', 'k-1'),
      repeatableDecisionId({ ...clerk, subject: 'c-1","k' }, 'createCounterCheck', '-1'),
    ];
    expect(new Set([own, ...others]).size).toBe(6);
    expect(repeatableDecisionId({ ...partner, key: 'b' }, 'createCounterCheck', 'k-1')).toBe(others[3]);
    for (const each of [own, ...others]) expect(each).toMatch(/^dc_[\w-]{32}$/);
  });

  it('is made of random bytes where there is no key', () => {
    expect(randomDecisionId(new Uint8Array(24))).toBe(id.replaceAll('a', 'A'));
  });
});

describe('the fingerprint of a request', () => {
  it('is the same for the same request, however its members are ordered', () => {
    expect(requestFingerprint({ a: 1, b: { c: 2, d: 3 } })).toBe(
      requestFingerprint({ b: { d: 3, c: 2 }, a: 1 }),
    );
    expect(requestFingerprint({ a: 1 })).not.toBe(requestFingerprint({ a: 2 }));
  });
});
