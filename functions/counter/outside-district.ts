import { fieldErrorDetail } from '../../shared/contract/field-errors.ts';
import { liesIn } from '../../shared/domain/policy/areas.ts';
import { districtsOfRecord } from '../../shared/domain/register/districts-of-record.ts';
import type { ResidentRecord } from '../../shared/domain/register/resident-record.ts';
import type { OperationInput } from '../../shared/http/exchange.ts';
import { RequestProblem } from '../../shared/http/request-problem.ts';
import { todayInShanghai } from '../today.ts';

/**
 * Why a clerk looks up somebody of another district of their city today; null for one of their own, and for somebody who
 * belongs to no district of the city as far as the register knows, so that no office is theirs yet.
 *
 * @throws RequestProblem where there should be a reason and none was given.
 */
export function outsideDistrictOf(
  record: ResidentRecord | null,
  { caller, body }: Pick<OperationInput<'createCounterCheck'>, 'caller' | 'body'>,
  now: () => number,
): string | null {
  const districts = (record === null ? [] : districtsOfRecord(record, todayInShanghai(now))).filter(
    (district) => mayBeInCityOf(district, caller.district),
  );
  if (districts.length === 0 || districts.some((district) => liesIn(district, caller.district))) return null;
  if (body.outsideDistrictReason !== undefined) return body.outsideDistrictReason;
  const code = 'outside-district';
  throw new RequestProblem('invalid-request', {
    errors: (language) => [
      { pointer: '/outsideDistrictReason', code, detail: fieldErrorDetail(code, language) },
    ],
  });
}

/** Of a code of the city's own for a zone it cannot be told: it is taken for one of this city. */
function mayBeInCityOf(area: string, district: string): boolean {
  return !/^\d{6}$/.test(area) || area.slice(0, 4) === district.slice(0, 4);
}
