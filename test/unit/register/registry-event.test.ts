import { describe, expect, expectTypeOf, it } from 'vitest';
import * as z from 'zod/mini';
import { document } from '../../../shared/contract/registry/document.ts';
import { type RegistryEvent, registryEvent } from '../../../shared/contract/registry/event.ts';
import { registryEvents, registryEventsUnread } from '../../../shared/contract/registry/request.ts';
import { registryOutcomes } from '../../../shared/contract/registry/response.ts';
import { DOCUMENT_TYPES, type Document } from '../../../shared/domain/identity/document.ts';
import { describeIssues } from '../../../shared/http/describe-issues.ts';

const about = {
  eventId: 'e-1',
  occurredOn: '2024-05-01',
  document: { type: 'resident-id', number: '51018518991231002X' },
};
const contributions = [{ from: '2024-01', to: '2024-05', kind: 'paid', areaCode: '510107' }];
const valid = [
  { type: 'resident.registered', birthDate: '1990-01-01', sex: 'female' },
  { type: 'resident.corrected', sex: 'male' },
  { type: 'permit.issued', permitType: 'hmt', areaCode: 'CD-GXQ', expiresOn: '2029-05-01' },
  { type: 'permit.endorsed' },
  { type: 'permit.cancelled' },
  { type: 'permit.replaced', expiresOn: '2029-05-01' },
  { type: 'permit.moved', areaCode: '510107' },
  { type: 'residence.registered', areaCode: '510107' },
  { type: 'residence.ended', areaCode: '510107' },
  { type: 'insurance.contributed', kinds: ['pension', 'medical'], contributions },
  { type: 'insurance.corrected', corrects: 'e-0', kinds: ['pension'], contributions: [] },
  { type: 'insurance.voided', voids: 'e-0' },
  { type: 'hukou.moved', areaCode: '510107', kind: 'non-agricultural', previousAreaCode: '513425' },
  { type: 'household.updated', household: { size: 2, children: [{ birthDate: '2018-09-01' }] } },
  { type: 'housing.updated', housing: { tenure: 'rented' } },
  { type: 'employment.updated', employment: { status: 'employed' } },
  { type: 'education.updated', education: { juniorSecondaryInCity: true } },
];

function faultsOf(event: object) {
  const { error } = registryEvent.safeParse(event);
  return describeIssues(error?.issues ?? [], event, '').map(({ pointer, code }) => `${pointer} ${code}`);
}

describe('an event of a bureau on the wire', () => {
  it.each(valid.map((facts) => [facts.type, facts] as const))('%s is read as it was sent', (_, facts) => {
    expect(registryEvent.parse({ ...about, ...facts })).toEqual({ ...about, ...facts });
  });

  it('is of one of these types', () => {
    expect(registryEvent.def.options.map((option) => option.shape.type.def.values[0])).toEqual(
      valid.map(({ type }) => type),
    );
    expect(faultsOf({ ...about, type: 'permit.lost' })).toEqual(['/type not-allowed-value']);
    expect(faultsOf(about)).toEqual(['/type required']);
  });

  it('has no place for a name, a phone, an address or a source, anywhere', () => {
    for (const facts of valid) {
      for (const field of ['name', 'phone', 'address', 'source', 'note', '姓名']) {
        const found = faultsOf({ ...about, ...facts, [field]: 'x' });
        expect(found).toHaveLength(1);
        expect(found[0]).toMatch(/unknown-field$/);
      }
    }
    const document = { ...about.document, name: 'x' };
    expect(faultsOf({ ...about, ...valid[3], document })).toEqual(['/document/name unknown-field']);
    const children = [{ birthDate: '2018-09-01', name: 'x' }];
    expect(faultsOf({ ...about, type: 'household.updated', household: { children } })).toEqual([
      '/household/children/0/name unknown-field',
    ]);
  });

  it('leaves no free text in which something could be hidden, but ids of a narrow form', () => {
    const open: string[] = [];
    const walk = (node: unknown, path: string): void => {
      if (typeof node !== 'object' || node === null) return;
      const { type, pattern, ...rest } = node as Record<string, unknown>;
      const constrained = pattern !== undefined || 'enum' in rest || 'const' in rest;
      if (type === 'string' && !constrained) open.push(path);
      for (const [key, value] of Object.entries(node)) walk(value, `${path}/${key}`);
    };
    walk(z.toJSONSchema(registryEvent, { reused: 'inline' }), '');
    expect(new Set(open.map((path) => path.split('/').at(-1)))).toEqual(new Set(['number']));
  });

  it.each([
    [{ eventId: 'a b' }, '/eventId bad-format'],
    [{ eventId: 'a#b' }, '/eventId bad-format'],
    [{ eventId: '' }, '/eventId bad-format'],
    [{ eventId: 'x'.repeat(65) }, '/eventId bad-format'],
    [{ occurredOn: '2024-02-30' }, '/occurredOn not-a-date'],
    [{ document: { type: 'passport', number: '1' } }, '/document/type not-allowed-value'],
    [{ document: { type: 'resident-id', number: 510104 } }, '/document/number wrong-type'],
    [{ document: undefined }, '/document required'],
  ])('is refused with %j: %s', (change, fault) => {
    expect(faultsOf({ ...about, type: 'permit.endorsed', ...change })).toEqual([fault]);
  });

  it('comes in batches of 1 to 100, checked as a whole without reading the events', () => {
    const batch = (count: number) => ({ events: Array.from({ length: count }, () => ({ broken: true })) });
    expect([0, 1, 100, 101].map((count) => registryEventsUnread.safeParse(batch(count)).success)).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(registryEvents.safeParse(batch(1)).success).toBe(false);
    expect(registryEvents.safeParse({ events: valid.map((facts) => ({ ...about, ...facts })) }).success).toBe(
      true,
    );
  });

  it('names the documents the domain knows', () => {
    expect(document.shape.type.options).toEqual([...DOCUMENT_TYPES]);
    expectTypeOf<RegistryEvent['document']>().toEqualTypeOf<{
      -readonly [K in keyof Document]: Document[K];
    }>();
  });
});

describe('what became of the events', () => {
  it('is told one by one, with pointers where they were rejected', () => {
    const results = [
      { eventId: 'e-1', outcome: 'applied', errors: [] },
      { eventId: 'e-1', outcome: 'duplicate', errors: [] },
      {
        eventId: null,
        outcome: 'rejected',
        errors: [{ pointer: '/events/2/eventId', code: 'bad-format', detail: '格式不正确。' }],
      },
    ];
    expect(registryOutcomes.parse({ results })).toEqual({ results });
    expect(
      registryOutcomes.safeParse({ results: [{ eventId: '510104 1', outcome: 'applied', errors: [] }] })
        .success,
    ).toBe(false);
  });
});
