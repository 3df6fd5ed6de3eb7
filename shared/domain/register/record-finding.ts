import type { Resident } from '../resident/resident.ts';

/** Why a part of a record cannot be used on a day, in words that repeat nothing of it. */
export interface RecordFinding {
  /** The part of the resident that is not given because of it. */
  readonly part: keyof Resident;
  readonly code: string;
  readonly detail: { readonly 'zh-CN': string; readonly en: string };
}

const DETAILS = {
  'permit-issue-not-received': {
    'zh-CN': '收到了居住证的后续记录，但未收到其签发记录',
    en: 'events of a permit were received, but not its issue',
  },
  'residence-start-not-received': {
    'zh-CN': '收到了居住登记的终止记录，但未收到其登记记录',
    en: 'the end of a registration of residence was received, but not its beginning',
  },
  'residence-without-permit-history': {
    'zh-CN': '居住证记录不完整，无法计算连续居住时间',
    en: 'residence cannot be counted while the record of the permit is incomplete',
  },
} as const;

export function recordFinding(part: keyof Resident, code: keyof typeof DETAILS): RecordFinding {
  return { part, code, detail: DETAILS[code] };
}
