import { describe, expect, it } from 'vitest';
import { evaluation } from '../../../shared/contract/evaluation/response.ts';
import { parseCivilDate } from '../../../shared/domain/calendar/civil-date.ts';
import { answerQuestion } from '../../../shared/domain/decisions/answer-question.ts';
import { conditionsOnShownFacts } from '../../../shared/domain/decisions/conditions-on-shown-facts.ts';
import type { Question } from '../../../shared/domain/decisions/decision.ts';
import { compilePolicy } from '../../../shared/domain/policy/compile.ts';
import { evaluateEligibility } from '../../../shared/domain/policy/evaluate-eligibility.ts';
import type { Resident } from '../../../shared/domain/resident/resident.ts';
import { generateResidents } from '../../support/generate-residents.ts';
import { productPacks } from '../../support/product-packs.ts';
import { city, sampleQuestion } from '../../support/sample-decision.ts';

const packs = productPacks();
const chengdu = compilePolicy(packs.findLast(({ policy }) => policy === 'chengdu')!);

interface Marked {
  readonly facts: { readonly findings: readonly object[] };
  readonly services: readonly {
    readonly code: string;
    readonly conditions?: readonly { readonly id: string; readonly shown?: boolean }[];
  }[];
  readonly shownFacts?: readonly string[];
}

const answer = (changes: Partial<Question>): Marked =>
  JSON.parse(answerQuestion(city, { ...sampleQuestion, ...changes }));

describe('an answer', () => {
  it('is what the engine says, to the byte, where there is nothing to add', () => {
    const { resident, explain, language } = sampleQuestion;
    const asOf = parseCivilDate(sampleQuestion.asOf)!;
    const text = answerQuestion(city, { ...sampleQuestion, shown: null });
    expect(text).toBe(evaluateEligibility(city, resident, { asOf, explain, language }));
    expect(evaluation.safeParse(JSON.parse(text)).success).toBe(true);
  });

  it('marks every condition that asks for a fact that was shown, and no other', () => {
    const { services, shownFacts } = answer({});
    expect(shownFacts).toEqual(['household.annualIncome']);
    expect(services.flatMap(({ conditions = [] }) => conditions.map(({ id, shown }) => [id, shown]))).toEqual(
      [
        ['permit', false],
        ['permit', false],
        ['income', true],
      ],
    );
  });

  it('marks none where nothing was shown, and says so', () => {
    const { services, shownFacts } = answer({ shown: [] });
    expect(shownFacts).toEqual([]);
    const marks = services.flatMap(({ conditions = [] }) => conditions.map(({ shown }) => shown));
    expect(new Set(marks)).toEqual(new Set([false]));
  });

  it('has no condition to mark where none is explained', () => {
    const { services, shownFacts } = answer({ explain: 'none' });
    expect(shownFacts).toEqual(['household.annualIncome']);
    for (const service of services) expect(service).not.toHaveProperty('conditions');
  });

  it('has the findings of the record before those of the engine, with pointers that lead somewhere', () => {
    const finding = { code: 'resident-not-registered', pointer: '/resident', detail: '…' };
    const early = { type: 'endorsed', on: '2023-03-01' } as const;
    const permit = { events: [{ type: 'issued', on: '2022-06-01' } as const, early] };
    const pointers = (shown: Question['shown']) =>
      answer({ resident: { permit }, shown, findings: [finding] }).facts.findings;
    expect(pointers(null)).toEqual([
      finding,
      expect.objectContaining({ code: 'endorsement-before-window', pointer: '/resident/permit/events/1' }),
    ]);
    expect(pointers(['permit'])[1]).toMatchObject({ pointer: '/facts/permit/events/1' });
    expect(pointers(['housing.tenure'])[1]).toMatchObject({ pointer: '/resident/permit/events/1' });
  });

  it('knows what a source did not tell', () => {
    const { services } = answer({ resident: {}, unavailable: ['permit'] });
    expect(JSON.stringify(services)).toContain('"because":"unavailable"');
  });
});

/** The paths that a condition's expression asks for, read from the pack itself; histories and insurance as a whole. */
function pathsIn(expression: unknown): Set<string> {
  const paths: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, child] of Object.entries(value)) {
      if (['fact', 'area', 'since', 'count'].includes(key) && typeof child === 'string') paths.push(child);
      if (key === 'sameArea' && Array.isArray(child)) paths.push(...child);
      if (key === 'age' && !('count' in value)) {
        paths.push('birthDate');
        if (JSON.stringify(child).includes('female')) paths.push('sex');
      }
      if (key === 'insurance') {
        const { kinds, place } = child as { kinds: string[]; place?: string };
        paths.push(...kinds.map((kind) => `insurance.${kind}`));
        if (place === 'area') paths.push('residence.areaCode');
      }
      visit(child);
    }
  };
  visit(expression);
  const whole = new Set(paths.map((path) => /^(permit|residence)\b/.exec(path)?.[0] ?? path));
  if (whole.has('residence')) whole.add('permit');
  return whole;
}

describe('the conditions on shown facts', () => {
  const shownSets = [
    ['permit'],
    ['residence'],
    ['birthDate'],
    ['sex'],
    ['housing.rentsPublicHousing'],
    ['household.annualIncome', 'employment.areaCode'],
    ['insurance.pension'],
    ['insurance.medical', 'insurance.unemployment'],
    ['hukou.areaCode', 'education.vocationalEnrolled', 'points.total', 'hardship.cause'],
  ];
  // Everything is given, so that nothing is implied by anything.
  const { household, housing, employment, education } = generateResidents(1, 1, { omit: 0 })[0]!;
  const everything = { household, housing, employment, education };

  it.each(packs.map((pack) => [pack.policy, pack.version, compilePolicy(pack)] as const))(
    'are those whose expression asks for one: %s %s',
    (_policy, _version, policy) => {
      for (const shown of shownSets) {
        const isOnShown = conditionsOnShownFacts(policy, everything, shown);
        for (const { code, routes } of policy.services) {
          for (const { id, definition } of routes.flatMap(({ conditions }) => conditions)) {
            const asked = pathsIn(definition.test);
            const expected = shown.some((path) => asked.has(path));
            expect([code, id, shown, isOnShown(code, id)]).toEqual([code, id, shown, expected]);
          }
        }
      }
    },
  );

  it.each<[string, Resident, string, boolean]>([
    ['follows from what was shown', { housing: { ownsHomeInCity: false } }, 'housing.ownsHomeInCity', true],
    [
      'is in the record itself',
      { housing: { ownsHomeInCity: false, ownsHomeInCentralCity: true } },
      'housing.ownsHomeInCity',
      false,
    ],
    ['is missing beside what was shown', { housing: { tenure: 'rented' } }, 'housing.tenure', false],
    [
      'was shown itself',
      { housing: { ownsHomeInCentralCity: false } },
      'housing.ownsHomeInCentralCity',
      true,
    ],
  ])('tell a fact that %s', (_, resident, shown, expected) => {
    const isOnShown = conditionsOnShownFacts(chengdu, resident, [shown]);
    const asking = chengdu.services.flatMap(({ code, routes }) =>
      routes
        .flatMap(({ conditions }) => conditions)
        .filter(
          ({ definition }) =>
            JSON.stringify([...pathsIn(definition.test)]) === '["housing.ownsHomeInCentralCity"]',
        )
        .map(({ id }) => isOnShown(code, id)),
    );
    expect(new Set(asking)).toEqual(new Set([expected]));
  });

  it('are some and not all, for each part', () => {
    for (const shown of shownSets.filter(([first]) => first !== 'sex')) {
      const isOnShown = conditionsOnShownFacts(chengdu, everything, shown);
      const marks = chengdu.services.flatMap(({ code, routes }) =>
        routes.flatMap(({ conditions }) => conditions.map(({ id }) => isOnShown(code, id))),
      );
      expect([shown, new Set(marks)]).toEqual([shown, new Set([true, false])]);
    }
  });
});
