import { describe, expect, it } from 'vitest';
import { SAMPLE_SOURCES } from '../../../infra/local/sample/event-log.ts';
import { personas } from '../../../infra/local/sample/personas.ts';
import { type SampleResident, sampleResidents } from '../../../infra/local/sample/sample-city.ts';
import type { Evaluation } from '../../../shared/contract/evaluation/response.ts';
import { registryEvent } from '../../../shared/contract/registry/event.ts';
import { formatCivilDate, parseCivilDate } from '../../../shared/domain/calendar/civil-date.ts';
import { addMonths, addYears } from '../../../shared/domain/calendar/duration.ts';
import { normaliseDocument } from '../../../shared/domain/identity/normalise-document.ts';
import { compilePolicy } from '../../../shared/domain/policy/compile.ts';
import { evaluateEligibility } from '../../../shared/domain/policy/evaluate-eligibility.ts';
import { policyHistory } from '../../../shared/domain/policy/policy-history.ts';
import type { ResidenceHistory } from '../../../shared/domain/resident/resident.ts';
import { productPacks } from '../../support/product-packs.ts';
import { residentFrom } from './record-of.ts';

const packs = productPacks().filter(({ policy }) => policy === 'chengdu');
const chengdu = policyHistory('chengdu', packs.map(compilePolicy));

/** Two thousand people, in cities of different seeds and days. */
const cities = [
  { seed: 1, asOf: '2026-06-01', residents: 700 },
  { seed: 2, asOf: '2026-11-30', residents: 700 },
  { seed: 4_000_000_000, asOf: '2024-02-29', residents: 600 },
].map((options) => ({
  ...options,
  people: [...sampleResidents(options)].map((person) => ({
    ...person,
    ...residentFrom(person.events, options.asOf),
  })),
}));
const everyone = cities.flatMap(({ people, asOf }) => people.map((person) => ({ ...person, asOf })));

let evaluated: Evaluation[] | undefined;

/** Everyone's answers for every service; evaluated once. */
function answers(): Evaluation[] {
  evaluated ??= everyone.map(({ resident, asOf }) => {
    const options = { asOf: parseCivilDate(asOf)!, explain: 'none', language: 'en' } as const;
    return JSON.parse(evaluateEligibility(chengdu, resident, options)) as Evaluation;
  });
  return evaluated;
}

type EventOf<Type> = Extract<SampleResident['events'][number]['event'], { type: Type }>;

function eventsOf<Type extends string>({ events }: SampleResident, ...types: Type[]): EventOf<Type>[] {
  return events
    .map(({ event }) => event)
    .filter((event) => types.includes(event.type as Type)) as EventOf<Type>[];
}

const later = (day: string, add: typeof addMonths, count: number) =>
  formatCivilDate(add(parseCivilDate(day)!, count));

describe('the people of a sample city', () => {
  it('are told of in events that the register takes, and no record of them contradicts itself', () => {
    expect(everyone).toHaveLength(2_000);
    expect(everyone.flatMap(({ findings }) => findings)).toEqual([]);
  });

  it('get answers, with each kind of outcome for somebody', () => {
    const outcomes = new Map<string, Set<string>>();
    for (const { services } of answers()) {
      for (const { code, outcome } of services) {
        outcomes.set(code, (outcomes.get(code) ?? new Set()).add(outcome));
      }
    }
    const all = ['eligible', 'not_eligible', 'undetermined'];
    for (const code of ['legal.aid', 'elderly.transit-card', 'employment.support', 'education.gaokao']) {
      expect([code, [...outcomes.get(code)!].sort()]).toEqual([code, all]);
    }
  });

  it('are nobody: no number of theirs can have been given out, and each has one', () => {
    for (const { people } of cities) {
      const numbers = [...people, ...personas].map(({ document }) => `${document.type} ${document.number}`);
      expect(new Set(numbers).size).toBe(numbers.length);
    }
    const beginnings = {
      'resident-id': /^000000/,
      'hmt-permit': /^8[123]00001899/,
      'foreign-pr': /^9000001899/,
    };
    for (const { document } of everyone) {
      expect(normaliseDocument(document).document).toEqual(document);
      expect(document.number).toMatch(beginnings[document.type]);
    }
    expect(new Set(everyone.map(({ document }) => document.type)).size).toBe(3);
  });

  it('have events whose ids are unique, also beside other cities and the personas', () => {
    const ids = [...everyone, ...personas].flatMap(({ events }) => events.map(({ event }) => event.eventId));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('are told of in the order of the days, after their birth and up to the day', () => {
    for (const { events, resident, asOf } of everyone) {
      const days = events.map(({ event }) => event.occurredOn);
      expect(days).toEqual([...days].sort());
      expect(days.at(-1)! <= asOf && days[0]! >= resident.birthDate!).toBe(true);
    }
  });

  it('live in one place at a time', () => {
    for (const { resident } of everyone) {
      const { periods } = resident.residence as ResidenceHistory;
      expect(periods.length).toBeGreaterThan(0);
      periods.forEach(({ from, to }, index) => {
        const next = periods[index + 1];
        expect(from < (to ?? '9')).toBe(true);
        if (next !== undefined) expect(to! <= next.from).toBe(true);
      });
    }
  });

  it('work and pay insurance from 16 on, and for no month to come', () => {
    for (const person of everyone) {
      const sixteen = later(person.resident.birthDate!, addYears, 16);
      const paid = eventsOf(person, 'insurance.contributed', 'insurance.corrected');
      for (const { from, to } of paid.flatMap(({ contributions }) => contributions)) {
        expect(from > sixteen.slice(0, 7) && from <= to && to <= person.asOf.slice(0, 7)).toBe(true);
      }
      for (const { occurredOn } of eventsOf(person, 'employment.updated')) {
        expect(occurredOn > sixteen).toBe(true);
      }
    }
  });

  it('get a permit after half a year of registration, and none with a Chengdu hukou', () => {
    let issued = 0;
    for (const person of everyone) {
      const [first] = eventsOf(person, 'residence.registered');
      for (const { occurredOn, permitType } of eventsOf(person, 'permit.issued')) {
        if (permitType === 'foreign-pr') continue;
        issued += 1;
        expect(occurredOn >= later(first!.occurredOn, addMonths, 6)).toBe(true);
        const move = eventsOf(person, 'hukou.moved').findLast((moved) => moved.occurredOn <= occurredOn);
        expect(move?.areaCode ?? '').not.toMatch(/^(5101|CD-)/);
      }
    }
    expect(issued).toBeGreaterThan(900);
  });

  it('have children younger than themselves, and a household no smaller than its children', () => {
    for (const person of everyone) {
      for (const { household, occurredOn } of eventsOf(person, 'household.updated')) {
        const children = household.children ?? [];
        expect(household.size!).toBeGreaterThan(children.length);
        expect(children.every(({ birthDate }) => birthDate <= occurredOn)).toBe(true);
        expect((household.marriedSince ?? '') <= occurredOn).toBe(true);
      }
    }
  });

  it('make a city in which everything happens', () => {
    const events = everyone.flatMap((person) => person.events);
    const types = new Set(events.map(({ event }) => event.type));
    expect(types).toEqual(new Set(registryEvent.def.options.map(({ shape }) => shape.type.def.values[0])));
    expect(new Set(events.map(({ source }) => source))).toEqual(new Set(SAMPLE_SOURCES));
    expect(events.length / everyone.length).toBeGreaterThan(18);
    expect(events.length / everyone.length).toBeLessThan(30);
    const kinds = new Set(
      everyone.flatMap((person) =>
        eventsOf(person, 'insurance.contributed').flatMap(({ contributions }) =>
          contributions.map(({ kind }) => kind),
        ),
      ),
    );
    expect(kinds).toEqual(new Set(['paid', 'back-paid']));
    const issuedTwice = everyone.filter(
      (person) =>
        eventsOf(person, 'permit.issued').filter(({ permitType }) => permitType === undefined).length > 1,
    );
    expect(issuedTwice.length).toBeGreaterThan(0);
  });

  it('have permits in every state, and residence that article 10 leaves open', () => {
    const states = new Set<string>();
    let openResidence = 0;
    for (const { facts } of answers()) {
      states.add(`${facts['permit.type'] ?? 'no'} ${facts['permit.status'] ?? 'permit'}`);
      if (typeof facts['residence.continuousMonths'] === 'object') openResidence += 1;
      expect(facts.findings).toEqual([]);
    }
    expect([...states].sort()).toEqual([
      'foreign-pr expired',
      'foreign-pr valid',
      'hmt expired',
      'hmt valid',
      'mainland cancelled',
      'mainland suspended',
      'mainland valid',
      'no permit',
      'temporary expired',
    ]);
    expect(openResidence).toBeGreaterThan(0);
  });
});
