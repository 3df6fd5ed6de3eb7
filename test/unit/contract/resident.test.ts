import { describe, expect, expectTypeOf, it } from 'vitest';
import type * as z from 'zod/mini';
import { resident } from '../../../shared/contract/resident/resident.ts';
import { VOCABULARY } from '../../../shared/domain/policy/vocabulary.ts';
import type { Resident } from '../../../shared/domain/resident/resident.ts';

interface Node {
  readonly type: string;
  readonly def: { readonly innerType?: Node; readonly options?: readonly Node[] };
  readonly shape?: Readonly<Record<string, Node>>;
}

/** The schemas a path can lead to: an optional one is looked through, a choice branches. */
function resolve(node: Node, path: readonly string[]): Node[] {
  if (node.def.innerType) return resolve(node.def.innerType, path);
  if (node.def.options) return node.def.options.flatMap((option) => resolve(option, path));
  const [name, ...rest] = path;
  if (name === undefined) return [node];
  const child = node.shape?.[name];
  return child === undefined ? [] : resolve(child, rest);
}

describe('the resident on the wire', () => {
  it('has a place for every fact of the vocabulary', () => {
    const homeless = Object.keys(VOCABULARY).filter(
      // A history of the permit gives its area by its events; both forms are there for the rest.
      (path) => resolve(resident as unknown as Node, path.split('.')).length === 0,
    );
    expect(homeless).toEqual([]);
  });

  it('takes the same choices as the vocabulary', () => {
    for (const [path, { type }] of Object.entries(VOCABULARY)) {
      if (type.kind !== 'enum') continue;
      const [schema] = resolve(resident as unknown as Node, path.split('.'));
      const { options } = schema as unknown as { options: readonly string[] };
      expect([path, [...options].sort()]).toEqual([path, [...type.values].sort()]);
    }
  });

  it('is what the domain takes for one, and takes what the domain does', () => {
    expectTypeOf<z.infer<typeof resident>>().toExtend<Resident>();
    expectTypeOf<keyof z.infer<typeof resident>>().toEqualTypeOf<keyof Resident>();
    expect(resident.parse({})).toEqual({});
  });

  it.each([
    ['2024-02-29', true],
    ['2023-02-29', false],
    ['2024-02-30', false],
    ['1900-01-01', true],
    ['1899-12-31', false],
    ['2199-12-31', true],
    ['2200-01-01', false],
    ['9999-01-01', false],
    ['2024-6-1', false],
    ['2024-06-01T00:00:00Z', false],
    ['2024-06-01\n', false],
    [20240601, false],
  ])('reads %j as a date: %s', (birthDate, valid) => {
    expect(resident.safeParse({ birthDate }).success).toBe(valid);
  });

  it.each([
    ['2024-12', true],
    ['2024-00', false],
    ['2024-13', false],
    ['1899-12', false],
    ['2200-01', false],
    ['2024-1', false],
  ])('reads %j as a month: %s', (from, valid) => {
    const contributions = [{ from, to: '2199-12', kind: 'paid' }];
    expect(resident.safeParse({ insurance: { pension: { contributions } } }).success).toBe(valid);
  });

  it('takes each part as a summary or as a history, and never half of both', () => {
    const summaries = {
      permit: { status: 'valid', areaCode: '510107' },
      residence: { continuousYears: 6 },
      insurance: { medical: { continuousMonths: 72 } },
    };
    const histories = {
      permit: { type: 'hmt', events: [{ type: 'issued', on: '2020-01-01', expiresOn: '2025-01-01' }] },
      residence: { periods: [{ from: '2018-03-01', to: null, areaCode: 'CD-GXQ' }] },
      insurance: { medical: { contributions: [{ from: '2018-03', to: '2024-05', kind: 'back-paid' }] } },
    };
    expect(resident.parse(summaries)).toEqual(summaries);
    expect(resident.parse(histories)).toEqual(histories);
    for (const both of [
      { permit: { ...summaries.permit, ...histories.permit } },
      { residence: { ...summaries.residence, ...histories.residence } },
      { insurance: { medical: { ...summaries.insurance.medical, ...histories.insurance.medical } } },
    ]) {
      expect(resident.safeParse(both).success).toBe(false);
    }
  });
});
