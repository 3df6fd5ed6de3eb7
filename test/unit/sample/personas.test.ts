import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Claim, PERSONA_DAY, type Persona } from '../../../infra/local/sample/persona.ts';
import { personaNamed, personas } from '../../../infra/local/sample/personas.ts';
import type { Evaluation } from '../../../shared/contract/evaluation/response.ts';
import { resident as residentSchema } from '../../../shared/contract/resident/resident.ts';
import { parseCivilDate } from '../../../shared/domain/calendar/civil-date.ts';
import { normaliseDocument } from '../../../shared/domain/identity/normalise-document.ts';
import { compilePolicy } from '../../../shared/domain/policy/compile.ts';
import { evaluateEligibility } from '../../../shared/domain/policy/evaluate-eligibility.ts';
import { policyHistory } from '../../../shared/domain/policy/policy-history.ts';
import { personaTable } from '../../support/persona-table.ts';
import { productPacks } from '../../support/product-packs.ts';
import { residentFrom } from './record-of.ts';

const packs = productPacks().filter(({ policy }) => policy === 'chengdu');
const chengdu = policyHistory('chengdu', packs.map(compilePolicy));

/** The answer for the service of a claim, from the record and from what is shown beside it. */
function answerFor({ events }: Persona, { service, asOf = PERSONA_DAY, facts = {} }: Claim) {
  const { resident, unavailable } = residentFrom(events, asOf);
  const day = parseCivilDate(asOf)!;
  const options = { asOf: day, services: [service], explain: 'full', language: 'en', unavailable } as const;
  const answer = evaluateEligibility(chengdu, { ...resident, ...facts }, options);
  return JSON.parse(answer) as Evaluation;
}

const claims = personas.flatMap((persona) =>
  persona.shows.map((claim) => ({
    persona,
    claim,
    title: `${persona.name}: ${claim.outcome} for ${claim.service} on ${claim.asOf ?? PERSONA_DAY}`,
  })),
);

describe('the personas', () => {
  it('are twenty, each with a name, a number and a purpose of its own', () => {
    expect(personas).toHaveLength(20);
    for (const distinct of [
      personas.map(({ name }) => name),
      personas.map(({ document }) => document.number),
      personas.map(({ point }) => point.en),
      personas.map(({ title }) => title['zh-CN']),
    ]) {
      expect(new Set(distinct).size).toBe(20);
    }
    for (const { name, shows } of personas) {
      expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(shows.length).toBeGreaterThan(0);
    }
  });

  it('are found by name', () => {
    expect(personaNamed('hmt-permit')).toBe(personas.find(({ name }) => name === 'hmt-permit'));
    expect(personaNamed('nobody')).toBeNull();
  });

  it('have documents of nobody', () => {
    for (const { document } of personas) {
      expect(normaliseDocument(document).document).toEqual(document);
      expect(document.number).toMatch(/^(000000|8[123]00001899|9000001899)/);
    }
  });

  it('are told of in events that the register takes, with ids that nobody else uses', () => {
    const events = personas.flatMap(({ events }) => events);
    expect(new Set(events.map(({ event }) => event.eventId)).size).toBe(events.length);
    for (const { name, events } of personas) {
      const { findings } = residentFrom(events, PERSONA_DAY);
      expect([name, findings.map(({ code }) => code)]).toEqual([
        name,
        name === 'permit-issue-not-received'
          ? ['permit-issue-not-received', 'residence-without-permit-history']
          : [],
      ]);
      expect(events.every(({ event }) => event.occurredOn <= PERSONA_DAY)).toBe(true);
    }
  });

  it('are asked under the version of 2026', () => {
    const [persona] = personas;
    expect(answerFor(persona!, persona!.shows[0]!).policy.version).toBe('2026-01-01');
  });

  it.each(claims)('$title', ({ persona, claim }) => {
    const [service] = answerFor(persona, claim).services;
    const found = new Map<string, string>();
    for (const { id, outcome, because } of service!.conditions ?? []) found.set(id, because ?? outcome);
    const { eligibleFrom, eligibleUntil } = claim;
    expect({
      outcome: service!.outcome,
      eligibleFrom: service!.eligibleFrom,
      ...(eligibleUntil === undefined ? {} : { eligibleUntil: service!.eligibleUntil }),
      conditions: Object.fromEntries(Object.keys(claim.conditions ?? {}).map((id) => [id, found.get(id)])),
    }).toEqual({
      outcome: claim.outcome,
      eligibleFrom: eligibleFrom ?? null,
      ...(eligibleUntil === undefined ? {} : { eligibleUntil }),
      conditions: claim.conditions ?? {},
    });
  });

  it('show at the counter only what a request may hold', () => {
    for (const { claim } of claims) {
      if (claim.facts !== undefined) expect(residentSchema.parse(claim.facts)).toEqual(claim.facts);
    }
    expect(claims.some(({ claim }) => claim.facts !== undefined)).toBe(true);
  });

  it('stand in docs/sample-city.md as they are here (the table is that of test/support/persona-table.ts)', () => {
    expect(readFileSync('docs/sample-city.md', 'utf8')).toContain(personaTable(personas));
    const rows = personas.map(
      ({ name, title, point }) => `| \`${name}\` ${title['zh-CN']} | ${point.en} |\n`,
    );
    expect(readFileSync('README.md', 'utf8')).toContain(`|---|---|\n${rows.join('')}`);
  });
});
