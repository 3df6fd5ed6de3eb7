import { parseCivilDate } from '../../../shared/domain/calendar/civil-date.ts';
import { compilePolicy } from '../../../shared/domain/policy/compile.ts';
import { evaluateEligibility } from '../../../shared/domain/policy/evaluate-eligibility.ts';
import type { Pack } from '../../../shared/domain/policy/pack-schema.ts';
import { policyHistory } from '../../../shared/domain/policy/policy-history.ts';
import type { Explain } from '../../../shared/domain/policy/render/evaluation-json.ts';
import type { Resident } from '../../../shared/domain/resident/resident.ts';
import { samplePack } from '../sample-pack.ts';

const text = (words: string) => ({ 'zh-CN': words, en: words });

/** A condition on `test`, with what can be done where it is unmet. */
export function conditionOn(test: object | string, remedy: string | null = null): object {
  const source = { from: 'rules', article: '1', quote: 'words' };
  return { text: text('asked'), source, test, ...(remedy !== null && { remedy: text(remedy) }) };
}

export interface OneService {
  /** By id. */
  readonly conditions: Readonly<Record<string, object>>;
  /** What each route asks for: ids of conditions, and `all`, `any` and so on of them. */
  readonly routes: readonly (object | string)[];
  readonly parameters?: Partial<Pack['parameters']>;
}

export interface ServiceAnswer {
  readonly code: string;
  readonly outcome: string;
  readonly route: string | null;
  readonly eligibleFrom: string | null;
  readonly eligibleUntil: string | null;
  readonly keepBy: readonly {
    readonly action: string;
    readonly by: string;
    readonly kinds: readonly string[];
  }[];
  readonly missing: readonly string[];
  readonly conditions: readonly {
    readonly id: string;
    readonly outcome: string;
    readonly actual: string | null;
  }[];
  readonly nextSteps: readonly string[];
}

/** What a policy of services made of these parts answers about a resident, in English, in their order. */
export function answersOf(
  services: readonly OneService[],
  resident: Resident,
  { asOf = '2020-06-01', explain = 'full' as Explain } = {},
): ServiceAnswer[] {
  const example = samplePack().services['legal.aid']!;
  const codes = services.map((_service, index) => `legal.service-${index + 1}`);
  const pack = samplePack({
    effective: { from: '2020-01-01', until: null },
    areas: { sets: { city: ['5101*'] }, units: {} },
    conditions: Object.assign({}, ...services.map(({ conditions }) => conditions)) as Pack['conditions'],
    services: Object.fromEntries(
      services.map(({ routes }, index) => [
        codes[index]!,
        {
          ...example,
          routes: routes.map((when, at) => ({ id: `way-${at + 1}`, name: text('Way'), when: when as never })),
        },
      ]),
    ),
  });
  const parameters = { ...pack.parameters, ...services[0]!.parameters };
  const history = policyHistory('sample-city', [compilePolicy({ ...pack, parameters })]);
  const answer = evaluateEligibility(history, resident, {
    asOf: parseCivilDate(asOf)!,
    services: codes,
    explain,
    language: 'en',
  });
  return JSON.parse(answer).services;
}
