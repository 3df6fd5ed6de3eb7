import type { EvaluationRequest } from '../../../shared/contract/evaluation/request.ts';

/** Puts a generated request's facts in an order in which they can all be true, so that it is answered and not refused. */
export function coherent(body: object): object {
  const request = structuredClone(body) as EvaluationRequest;
  const { resident } = request;
  // Before everything else that is generated, and within a policy's years.
  if (resident.birthDate !== undefined)
    resident.birthDate = `19${resident.birthDate.slice(2, 4)}${resident.birthDate.slice(4)}`;
  if (resident.birthDate?.endsWith('02-29'))
    resident.birthDate = resident.birthDate.replace('02-29', '02-28');
  if (request.asOf !== undefined) request.asOf = `20${18 + (Number(request.asOf.slice(2, 4)) % 7)}-06-15`;
  if (resident.permit && 'events' in resident.permit) {
    resident.permit.events.sort((a, b) => (a.on < b.on ? -1 : 1));
    for (const event of resident.permit.events) {
      if (event.expiresOn !== undefined && event.expiresOn < event.on) event.expiresOn = event.on;
    }
    if (resident.permit.events[0]) resident.permit.events[0].type = 'issued';
  }
  if (resident.residence && 'periods' in resident.residence) {
    for (const period of resident.residence.periods) {
      if (typeof period.to === 'string') [period.from, period.to] = ordered(period.from, period.to);
      if (resident.birthDate !== undefined && period.from < resident.birthDate)
        period.from = resident.birthDate;
      if (typeof period.to === 'string' && period.to < period.from) period.to = period.from;
    }
  } else if (resident.residence) {
    orderMonths(resident.residence);
  }
  for (const record of Object.values(resident.insurance ?? {})) {
    if (record === undefined) continue;
    if (!('contributions' in record)) orderMonths(record);
    else
      for (const period of record.contributions) [period.from, period.to] = ordered(period.from, period.to);
  }
  return request;
}

function ordered(a: string, b: string): [string, string] {
  return a < b ? [a, b] : [b, a];
}

/** Continuous months are among the cumulative ones. */
function orderMonths(summary: {
  continuousMonths?: number | undefined;
  cumulativeMonths?: number | undefined;
}): void {
  if (summary.continuousMonths !== undefined && summary.cumulativeMonths !== undefined) {
    summary.cumulativeMonths = Math.max(summary.continuousMonths, summary.cumulativeMonths);
  }
}
