import { describe, expect, it } from 'vitest';
import { parseCivilDate } from '../../../shared/domain/calendar/civil-date.ts';
import { compilePolicy } from '../../../shared/domain/policy/compile.ts';
import { evaluateEligibility } from '../../../shared/domain/policy/evaluate-eligibility.ts';
import { policyHistory } from '../../../shared/domain/policy/policy-history.ts';
import type { RegisterEvent } from '../../../shared/domain/register/register-event.ts';
import { productPacks } from '../../support/product-packs.ts';
import { eventOn, residentAfter } from './events.ts';

const packs = productPacks().filter(({ policy }) => policy === 'chengdu');
const chengdu = policyHistory('chengdu', packs.map(compilePolicy));
const asOf = '2024-06-01';

interface Condition {
  readonly id: string;
  readonly outcome: string;
  readonly because: string | null;
}

interface Answer {
  readonly services: readonly {
    readonly code: string;
    readonly outcome: string;
    readonly conditions: readonly Condition[];
  }[];
}

/** Evaluates what the events make of a resident, as a caller of the record does. */
function answerFor(events: readonly RegisterEvent[]): Answer {
  const { resident, unavailable } = residentAfter(events, asOf);
  const day = parseCivilDate(asOf)!;
  const options = { asOf: day, explain: 'full', language: 'en', unavailable } as const;
  return JSON.parse(evaluateEligibility(chengdu, resident, options));
}

const outcomes = (answer: Answer) => new Map(answer.services.map(({ code, outcome }) => [code, outcome]));
const conditions = (answer: Answer) => answer.services.flatMap((service) => service.conditions);
const reasons = (answer: Answer) => new Set(conditions(answer).map(({ because }) => because));

const contributions = [{ from: '2017-01', to: '2024-05', kind: 'paid' as const, areaCode: '510107' }];
const life = [
  eventOn('2017-01-01', { type: 'resident.registered', birthDate: '1990-01-01' }),
  eventOn('2017-03-01', { type: 'residence.registered', areaCode: '510107' }),
  eventOn('2024-03-01', { type: 'insurance.contributed', kinds: ['pension', 'medical'], contributions }),
];
const issue = eventOn('2023-07-01', { type: 'permit.issued', areaCode: '510107' });
const endorsement = eventOn('2024-05-20', { type: 'permit.endorsed' });

describe('an evaluation from the record', () => {
  it('answers as it does once everything was heard, and never "no" for what is late', () => {
    const complete = outcomes(answerFor([...life, issue, endorsement]));
    expect(complete.get('legal.aid')).toBe('eligible');
    const late = answerFor([...life, endorsement]);
    expect(outcomes(late).get('legal.aid')).toBe('undetermined');
    expect(reasons(late)).toContain('unavailable');
    for (const [code, outcome] of outcomes(late)) {
      if (outcome === 'not_eligible') expect([code, complete.get(code)]).toEqual([code, 'not_eligible']);
    }
  });

  it('does not let the permit stand in for residence of which a beginning is missing', () => {
    const ended = eventOn('2024-01-01', { type: 'residence.ended', areaCode: '510104' });
    const permits = [2018, 2019, 2020, 2021, 2022, 2023, 2024].map((year) =>
      eventOn(`${year}-02-20`, { type: 'permit.endorsed' }),
    );
    const settled = [
      ...life,
      eventOn('2017-03-01', { type: 'permit.issued', areaCode: '510107' }),
      ...permits,
    ];
    const [complete, uncertain] = [answerFor(settled), answerFor([...settled, ended])];
    expect(reasons(uncertain)).toContain('unavailable');
    expect(reasons(complete)).not.toContain('unavailable');
    const before = conditions(complete);
    const changed = conditions(uncertain).filter((condition, index) => {
      expect(condition.id).toBe(before[index]!.id);
      return condition.outcome !== before[index]!.outcome;
    });
    expect(changed.length).toBeGreaterThan(0);
    expect(new Set(changed.map(({ outcome, because }) => `${outcome} ${because}`))).toEqual(
      new Set(['unknown unavailable']),
    );
  });

  it('tells what was never heard of apart from what cannot be told', () => {
    expect(reasons(answerFor([life[0]!]))).toContain('missing');
    expect(reasons(answerFor([life[0]!]))).not.toContain('unavailable');
  });
});
