/** What can be wrong with the number of a document, in words. */
export const documentFaults = {
  'document-length': { 'zh-CN': '证件号码位数不正确。', en: 'The number does not have the right length.' },
  'document-characters': {
    'zh-CN': '证件号码含有不允许的字符。',
    en: 'The number has characters that do not belong there.',
  },
  'document-region': {
    'zh-CN': '证件号码的地址码不正确。',
    en: 'The number does not begin with an address code of such a document.',
  },
  'document-of-another-type': {
    'zh-CN': '该号码属于另一种证件，请核对证件类型。',
    en: 'The number is that of another type of document.',
  },
  'document-birth-date': {
    'zh-CN': '证件号码中的出生日期不存在。',
    en: 'The date of birth in the number does not exist.',
  },
  'document-check-digit': {
    'zh-CN': '证件号码校验码不正确，请核对是否输错。',
    en: 'The check digit does not match: a digit was mistyped.',
  },
} as const;

export type DocumentFaultCode = keyof typeof documentFaults;

/** What is wrong with a document's number. Nothing of the number is in it. */
export interface DocumentFault {
  readonly code: DocumentFaultCode;
  readonly detail: { readonly 'zh-CN': string; readonly en: string };
}

/** The member of a document that a fault is to be mended in. */
export function faultyMember({ code }: DocumentFault): 'type' | 'number' {
  return code === 'document-of-another-type' ? 'type' : 'number';
}

export function documentFault(code: DocumentFaultCode): DocumentFault {
  return { code, detail: documentFaults[code] };
}
