import type { Language, Translated } from './language.ts';

/**
 * What can be wrong with one place of a request: the `code`s inside a problem's `errors`. Braces are filled with bounds
 * and choices of the contract, never with what was sent. Documents, contradictions between facts and events have codes of
 * their own, which the domain names and words; `functions/listed-errors.ts` has all of them.
 */
export const fieldErrors = {
  'not-json': { 'zh-CN': '不是有效的 JSON。', en: 'This is not valid JSON.' },
  'not-utf-8': { 'zh-CN': '不是有效的 UTF-8 编码。', en: 'This is not valid UTF-8.' },
  'duplicate-key': { 'zh-CN': '同一字段名出现多次。', en: 'This name appears more than once in its object.' },
  'forbidden-key': { 'zh-CN': '不允许使用此字段名。', en: 'This name is not allowed.' },
  'too-deep': { 'zh-CN': '嵌套不得超过 {maximum} 层。', en: 'Nest at most {maximum} levels.' },
  'too-many-values': {
    'zh-CN': '字段和元素总数不得超过 {maximum}。',
    en: 'Send at most {maximum} members and elements in all.',
  },
  'too-many-bytes': { 'zh-CN': '不得超过 {maximum} 字节。', en: 'Send at most {maximum} bytes.' },
  required: { 'zh-CN': '缺少必填项。', en: 'This is required.' },
  'unknown-field': { 'zh-CN': '未知字段。', en: 'This field is not known here.' },
  'wrong-type': { 'zh-CN': '类型应为{expected}。', en: 'This must be of type {expected}.' },
  'not-allowed-value': { 'zh-CN': '只能是：{allowed}。', en: 'This must be one of: {allowed}.' },
  'not-a-date': {
    'zh-CN': '应为真实存在的日期 YYYY-MM-DD，1900-01-01 至 2199-12-31。',
    en: 'This must be a date that exists, YYYY-MM-DD, from 1900-01-01 to 2199-12-31.',
  },
  'not-a-month': {
    'zh-CN': '应为月份 YYYY-MM，1900-01 至 2199-12。',
    en: 'This must be a month YYYY-MM, from 1900-01 to 2199-12.',
  },
  'not-an-area-code': {
    'zh-CN': '应为六位行政区划代码，或 CD-GXQ 一类的功能区代码。',
    en: 'This must be an area code of six digits, or one of a zone, such as CD-GXQ.',
  },
  'bad-format': { 'zh-CN': '格式不正确。', en: 'This is not in the form it must have.' },
  'too-small': { 'zh-CN': '不得小于 {minimum}。', en: 'This must be at least {minimum}.' },
  'too-large': { 'zh-CN': '不得大于 {maximum}。', en: 'This must be at most {maximum}.' },
  'too-few-items': { 'zh-CN': '至少需要 {minimum} 项。', en: 'Send {minimum} or more.' },
  'too-many-items': { 'zh-CN': '不得超过 {maximum} 项。', en: 'Send at most {maximum}.' },
  'repeated-parameter': { 'zh-CN': '查询参数只能出现一次。', en: 'This parameter may appear only once.' },
  'unknown-decision': {
    'zh-CN': '没有此核查记录，或该记录与此人无关。',
    en: 'There is no such decision about this person.',
  },
  'api-key-shown-before': {
    'zh-CN': '此键已生成密钥 {keyId}。',
    en: 'This key has made the API key {keyId}.',
  },
  'bad-page-token': {
    'zh-CN': '不是为此查询签发的分页标记，或已被改动；请从第一页重新开始。',
    en: 'This was not issued for this query, or was altered. Begin again with the first page.',
  },
  'unknown-service': {
    'zh-CN': '没有此服务代码（所列服务中的第 {place} 项）。',
    en: 'There is no service of this code: number {place} of those that are named.',
  },
  'unknown-partner': { 'zh-CN': '没有此合作方。', en: 'There is no third party of this id.' },
  'unknown-policy': { 'zh-CN': '没有此政策。', en: 'There is no policy of this id.' },
  'no-policy-in-force': {
    'zh-CN': '该日没有有效的政策版本。',
    en: 'No version of the policy is in force on this day.',
  },
  'store-unavailable': {
    'zh-CN': '登记库暂时不可用，请稍后重新报送此事件。',
    en: 'The register did not answer. Send this event again later.',
  },
  'resident-contended': {
    'zh-CN': '此人的信息正在被同时更新，请稍后重新报送此事件。',
    en: 'Others kept writing to this resident. Send this event again later.',
  },
  'internal-error': {
    'zh-CN': '系统内部错误，此事件未能保存；请稍后重新报送，仍失败时请提供 requestId。',
    en: 'A fault of ours kept this event from being stored. Send it again later; if it fails again, quote the requestId.',
  },
  'outside-district': {
    'zh-CN': '此人的居住地、居住证和户籍均不在您所在的区，请说明理由。',
    en: 'Neither residence nor permit nor hukou of this person is in your district. Say why you look them up.',
  },
  'mentions-number': {
    'zh-CN': '不得含有证件号码。',
    en: 'This must not be made from the number of the document.',
  },
  'unknown-engine': {
    'zh-CN': '当时的规则引擎版本已无法调用。',
    en: 'The version of the engine of then cannot be called any more.',
  },
  'policy-version-changed': {
    'zh-CN': '当时的政策版本已不存在或内容不同。',
    en: 'The policy version of then is not there, or is not what it was.',
  },
  'more-errors': {
    'zh-CN': '另有 {count} 处问题未列出。',
    en: 'There are {count} more that are not listed.',
  },
} as const satisfies Record<string, Translated>;

export type FieldErrorCode = keyof typeof fieldErrors;

/** The types of JSON that the contract uses. */
const typeNames: Readonly<Record<string, Translated>> = {
  array: { 'zh-CN': '数组', en: 'array' },
  boolean: { 'zh-CN': '布尔值', en: 'boolean' },
  integer: { 'zh-CN': '整数', en: 'integer' },
  number: { 'zh-CN': '数字', en: 'number' },
  object: { 'zh-CN': '对象', en: 'object' },
  string: { 'zh-CN': '字符串', en: 'string' },
};

/** The words of a field error, its braces filled from `values`. */
export function fieldErrorDetail(
  code: FieldErrorCode,
  language: Language,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return fieldErrors[code][language].replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(values[name] ?? '');
    return name === 'expected' ? (typeNames[value]?.[language] ?? value) : value;
  });
}
