import type { Language, Translated } from '../shared/contract/language.ts';
import type { Finding } from '../shared/domain/decisions/decision.ts';
import type { RecordFinding } from '../shared/domain/register/record-finding.ts';

const NOT_REGISTERED: Translated = {
  'zh-CN': '尚未收到有关此人的任何登记信息',
  en: 'nothing about this person has been received',
};

/** What is to be said of a record, in words. The pointers lead into the resident of the record. */
export function recordFindings(
  isRegistered: boolean,
  findings: readonly RecordFinding[],
  language: Language,
): Finding[] {
  const unregistered = {
    code: 'resident-not-registered',
    pointer: '/resident',
    detail: NOT_REGISTERED[language],
  };
  return [
    ...(isRegistered ? [] : [unregistered]),
    ...findings.map(({ part, code, detail }) => ({
      code,
      pointer: `/resident/${part}`,
      detail: detail[language],
    })),
  ];
}
