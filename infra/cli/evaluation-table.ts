import Table from 'cli-table3';
import type { Colors } from 'picocolors/types.js';
import type { Evaluation } from '../../shared/contract/evaluation/response.ts';
import type { Language, Translated } from '../../shared/contract/language.ts';
import { wrapText } from './wrap-text.ts';

type ServiceAnswer = Evaluation['services'][number];
type Outcome = ServiceAnswer['outcome'];

const headings = [
  { 'zh-CN': '服务', en: 'Service' },
  { 'zh-CN': '结果', en: 'Outcome' },
  { 'zh-CN': '起止', en: 'When' },
  { 'zh-CN': '说明', en: 'Why' },
] as const satisfies readonly Translated[];

const outcomes = {
  eligible: { 'zh-CN': '✓ 可以享受', en: '✓ eligible' },
  not_eligible: { 'zh-CN': '✗ 不符合', en: '✗ not eligible' },
  undetermined: { 'zh-CN': '? 无法确定', en: '? undetermined' },
} as const satisfies Record<Outcome, Translated>;

const paints = { eligible: 'green', not_eligible: 'red', undetermined: 'yellow' } as const satisfies Record<
  Outcome,
  keyof Colors
>;

const words = {
  from: { 'zh-CN': '自 {day} 起', en: 'from {day}' },
  until: { 'zh-CN': '至 {day}', en: 'until {day}' },
  policy: { 'zh-CN': '政策', en: 'Policy' },
  asOf: { 'zh-CN': '截至', en: 'as of' },
} as const satisfies Record<string, Translated>;

const serviceWidth = 30;
/** What borders, padding and the two narrow columns take. */
const otherWidth = 45;

/**
 * An answer as a table for a person to read.
 *
 * @param width columns of the terminal.
 */
export function evaluationTable(
  evaluation: Evaluation,
  language: Language,
  width: number,
  colors: Colors,
): string {
  const reasonWidth = Math.max(24, width - serviceWidth - otherWidth);
  const table = new Table({
    head: headings.map((heading) => colors.bold(heading[language])),
    // The table's own colours would appear in a file as well; ours know when to keep quiet.
    style: { head: [], border: [] },
  });
  for (const service of evaluation.services) {
    const paint = colors[paints[service.outcome]];
    table.push([
      [...wrapText(service.name, serviceWidth), ...wrapText(service.code, serviceWidth).map(colors.dim)].join(
        '\n',
      ),
      paint(outcomes[service.outcome][language]),
      when(service, language),
      reasons(service)
        .flatMap((reason) => wrapText(reason, reasonWidth))
        .join('\n'),
    ]);
  }
  return [title(evaluation, language, colors), table.toString(), summary(evaluation, language, colors)].join(
    '\n',
  );
}

function title({ policy, asOf }: Evaluation, language: Language, colors: Colors): string {
  const name = colors.bold(`${policy.id} ${policy.version}`);
  return `${words.policy[language]} ${name}, ${words.asOf[language]} ${asOf}  ${colors.dim(policy.digest)}`;
}

function summary({ services }: Evaluation, language: Language, colors: Colors): string {
  return (Object.keys(outcomes) as Outcome[])
    .map((outcome) => {
      const count = services.filter((service) => service.outcome === outcome).length;
      return colors[paints[outcome]](`${outcomes[outcome][language]} ${count}`);
    })
    .join('   ');
}

function when({ eligibleFrom, eligibleUntil }: ServiceAnswer, language: Language): string {
  const days = [
    eligibleFrom && words.from[language].replace('{day}', eligibleFrom),
    eligibleUntil && words.until[language].replace('{day}', eligibleUntil),
  ];
  return days.filter((day) => day !== null).join('\n');
}

/** Why it is had, what it gives and how to keep it; what stands against it; or what is to be found out. */
function reasons(service: ServiceAnswer): string[] {
  const { outcome, route, entitlements, keepBy, conditions = [], nextSteps = [] } = service;
  switch (outcome) {
    case 'eligible':
      return [
        ...conditions
          .filter((condition) => condition.route === route && condition.outcome === 'met')
          .map(({ required }) => required),
        ...entitlements.filter((entitlement) => entitlement.outcome === 'met').map(({ text }) => text),
        ...keepBy.map(({ text }) => text),
      ];
    case 'not_eligible': {
      const unmet = new Map(
        conditions
          .filter((condition) => condition.outcome === 'unmet')
          .map((condition) => [condition.id, condition]),
      );
      return [...unmet.values()].map(({ required, actual }) =>
        actual === null ? required : `${required} [${actual}]`,
      );
    }
    case 'undetermined':
      return [...nextSteps];
  }
}
