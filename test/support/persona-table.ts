import { type Claim, PERSONA_DAY, type Persona } from '../../infra/local/sample/persona.ts';

/** The table of docs/sample-city.md. */
export function personaTable(personas: readonly Persona[]): string {
  const rows = personas.map(
    ({ name, title, point, document, shows }) =>
      `| \`${name}\`<br>${title['zh-CN']} | ${point.en} | ${shows.map(claimText).join('<br>')} | \`${document.number}\` |`,
  );
  return ['| persona | what it shows | answers | number |', '|---|---|---|---|', ...rows, ''].join('\n');
}

function claimText(claim: Claim): string {
  const { service, outcome, asOf = PERSONA_DAY, facts, eligibleFrom, eligibleUntil, conditions = {} } = claim;
  const particulars = [
    // Why nothing can be told is all there is to learn from such an answer.
    ...(outcome === 'undetermined'
      ? Object.entries(conditions).map(([id, found]) => `\`${id}\` ${found}`)
      : []),
    ...(asOf === PERSONA_DAY ? [] : [`on ${asOf}`]),
    ...(facts === undefined ? [] : ['with proof shown at the counter']),
    ...(eligibleFrom === undefined ? [] : [`from ${eligibleFrom}`]),
    ...(eligibleUntil === undefined ? [] : [`until ${eligibleUntil}`]),
  ];
  const particular = particulars.length === 0 ? '' : ` (${particulars.join(', ')})`;
  return `\`${service}\` ${outcome.replace('_', ' ')}${particular}`;
}
