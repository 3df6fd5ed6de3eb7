import { parseCivilMonth } from '../calendar/civil-month.ts';
import { monthsOnEnd, type RecordFacts } from './record-facts.ts';
import type { RegisterEvent } from './register-event.ts';
import type { PaidMonths, PermitFact } from './resident-record.ts';

/** What an event says by itself, as a record says it. A voided event says nothing. */
export function factsOfEvent(event: RegisterEvent): RecordFacts {
  const { occurredOn: on, source, eventId } = event;
  const written = { on, source, eventId };
  switch (event.type) {
    case 'resident.registered':
    case 'resident.corrected': {
      const correction = event.type === 'resident.corrected';
      return given({
        birthDate:
          event.birthDate === undefined ? undefined : { value: event.birthDate, ...written, correction },
        sex: event.sex === undefined ? undefined : { value: event.sex, ...written, correction },
      });
    }
    case 'permit.issued':
      return permitFacts(event, 'issued', { areaCode: event.areaCode, expiresOn: event.expiresOn });
    case 'permit.endorsed':
      return permitFacts(event, 'endorsed', {});
    case 'permit.cancelled':
      return permitFacts(event, 'cancelled', {});
    case 'permit.replaced':
      return permitFacts(event, 'replaced', { expiresOn: event.expiresOn });
    case 'permit.moved':
      return permitFacts(event, 'moved', { areaCode: event.areaCode });
    case 'residence.registered':
      return { residenceEvents: [{ type: 'registered', on, areaCode: event.areaCode }] };
    case 'residence.ended':
      return { residenceEvents: [{ type: 'ended', on, areaCode: event.areaCode }] };
    case 'insurance.contributed':
    case 'insurance.corrected': {
      const paid = paidMonths(event.contributions);
      return { insurance: Object.fromEntries(event.kinds.map((kind) => [kind, paid])) };
    }
    case 'insurance.voided':
      return {};
    case 'hukou.moved': {
      const { areaCode, kind, previousAreaCode, previousKind } = event;
      return { hukou: [{ areaCode, on, ...given({ kind, previousAreaCode, previousKind }) }] };
    }
    case 'household.updated':
      return { household: { value: event.household, ...written } };
    case 'housing.updated':
      return { housing: { value: event.housing, ...written } };
    case 'employment.updated':
      return { employment: { value: event.employment, ...written } };
    case 'education.updated':
      return { education: { value: event.education, ...written } };
  }
}

type PermitEvent = Extract<RegisterEvent, { type: `permit.${string}` }>;

function permitFacts(
  { occurredOn: on, permitType = 'mainland' }: PermitEvent,
  type: PermitFact['type'],
  particulars: Pick<PermitFact, 'areaCode' | 'expiresOn'>,
): RecordFacts {
  return { permitEvents: [{ permitType, type, on, ...given(particulars) }] };
}

type Contribution = Extract<RegisterEvent, { type: 'insurance.contributed' }>['contributions'][number];

/** Contributions by how and where they were paid, in the order a record has them. */
function paidMonths(contributions: readonly Contribution[]): PaidMonths[] {
  const byKey = Map.groupBy(contributions, ({ kind, areaCode = '' }) => `${kind} ${areaCode}`);
  return [...byKey]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, paid]) => {
      const { kind, areaCode } = paid[0]!;
      return {
        kind,
        ...given({ areaCode }),
        months: monthsOnEnd(
          paid.map(({ from, to }) => ({ from: parseCivilMonth(from)!, to: parseCivilMonth(to)! })),
        ),
      };
    });
}

/** Without the members that are not given: a record has no `undefined`. */
function given<Members extends object>(members: Members): Members {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Members;
}
