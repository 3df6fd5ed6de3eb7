import { describe, expect, it } from 'vitest';
import { type RegistryEvent, registryEvent } from '../../../shared/contract/registry/event.ts';
import { acceptEvent } from '../../../shared/domain/register/accept-event.ts';
import { registerEventSchema } from '../../../shared/domain/register/register-event.ts';

const number = '51018518991231002X';
const about = { eventId: 'e-1', occurredOn: '2024-05-01', document: { type: 'resident-id', number } };

/** Judges an event after its form was checked, as it is when it comes in. */
function judge(facts: object) {
  const sent: RegistryEvent = registryEvent.parse({ ...about, ...facts });
  return acceptEvent(sent, 'police');
}

const faultsOf = (facts: object) => judge(facts).faults?.map(({ pointer, code }) => `${pointer} ${code}`);

describe('an event that can be true', () => {
  it('is about a canonical document, and stored without it and with its source', () => {
    const document = { type: 'resident-id', number: '５１０１８５ 18991231 002x' };
    expect(judge({ type: 'permit.endorsed', document })).toEqual({
      document: { type: 'resident-id', number },
      event: { eventId: 'e-1', occurredOn: '2024-05-01', type: 'permit.endorsed', source: 'police' },
    });
  });

  it('is of the form the register reads again, which takes no document and asks for a source', () => {
    const accepted = judge({ type: 'hukou.moved', areaCode: '510107' });
    const event = 'event' in accepted ? accepted.event : null;
    expect(registerEventSchema.parse(JSON.parse(JSON.stringify(event)))).toEqual(event);
    expect(registerEventSchema.safeParse({ ...event, document: about.document }).success).toBe(false);
    expect(registerEventSchema.safeParse({ ...event, source: undefined }).success).toBe(false);
    expect(registerEventSchema.safeParse({ ...event, source: 'Police Bureau' }).success).toBe(false);
  });
});

describe('an event that cannot be true', () => {
  const months = (from: string, to: string) => ({ from, to, kind: 'paid' });

  it.each([
    [
      { type: 'permit.endorsed', document: { type: 'resident-id', number: '510185189912310021' } },
      ['/document/number document-check-digit'],
    ],
    [
      { type: 'permit.endorsed', document: { type: 'hmt-permit', number } },
      ['/document/type document-of-another-type'],
    ],
    [{ type: 'permit.endorsed', eventId: `police:${number}:7` }, ['/eventId number-in-event-id']],
    [{ type: 'permit.endorsed', eventId: '510185991231002-7' }, ['/eventId number-in-event-id']],
    [{ type: 'permit.issued', expiresOn: '2024-04-30' }, ['/expiresOn expiry-before-issue']],
    [{ type: 'permit.replaced', expiresOn: '2024-04-30' }, ['/expiresOn expiry-before-issue']],
    [{ type: 'resident.registered', birthDate: '2024-05-02' }, ['/occurredOn born-after-fact']],
    [{ type: 'resident.corrected' }, [' corrects-nothing']],
    [{ type: 'insurance.voided', voids: 'e-1' }, ['/voids names-itself']],
    [
      {
        type: 'insurance.contributed',
        kinds: ['medical'],
        contributions: [months('2024-01', '2024-01'), months('2024-02', '2024-01')],
      },
      ['/contributions/1/to period-ends-before-start'],
    ],
    [
      {
        type: 'insurance.corrected',
        corrects: 'e-1',
        kinds: ['medical'],
        contributions: [months('2024-02', '2024-01')],
        document: { type: 'resident-id', number: '1' },
      },
      [
        '/document/number document-length',
        '/corrects names-itself',
        '/contributions/0/to period-ends-before-start',
      ],
    ],
  ])('is refused with every reason at once (case %#)', (facts, expected) => {
    expect(faultsOf(facts)).toEqual(expected);
  });

  it.each([
    { type: 'permit.issued', expiresOn: '2024-05-01' },
    { type: 'permit.issued' },
    { type: 'resident.registered', birthDate: '2024-05-01' },
    { type: 'insurance.contributed', kinds: ['medical'], contributions: [months('2024-01', '2024-01')] },
    { type: 'insurance.contributed', kinds: ['medical'], contributions: [] },
  ])('is not one at the very bound (case %#)', (facts) => {
    expect(faultsOf(facts)).toBeUndefined();
  });

  it('is told of without a word of what was sent', () => {
    const document = { type: 'resident-id', number: '510185189912310021' };
    const told = JSON.stringify(
      judge({ type: 'permit.endorsed', document, eventId: `x.${document.number}` }),
    );
    expect(told).not.toContain('510185');
  });
});
