import type { Translated } from './language.ts';

/** One kind of problem an answer can name. */
export interface Problem {
  readonly status: 400 | 401 | 403 | 404 | 405 | 409 | 412 | 413 | 415 | 422 | 428 | 429 | 500 | 503;
  readonly title: Translated;
  /** For the person in front of the screen; may be shown as it is. */
  readonly userMessage: Translated;
  /** For whoever writes the client: what to change. Stands in `detail` when nothing more exact is known. */
  readonly remedy: Translated;
  /** Whether the same request may succeed later, unchanged. */
  readonly retryable: boolean;
}

/**
 * Every problem of the API, by code. Answers, the gateway's own answers, `GET /v1/errors`, metrics and documents are
 * made from this; a code that is not here does not compile.
 */
export const problems = {
  'malformed-body': {
    status: 400,
    title: { 'zh-CN': '请求正文无法解析', en: 'The body cannot be parsed' },
    userMessage: {
      'zh-CN': '提交的内容格式有误，请重试。',
      en: 'What was sent is not readable. Please try again.',
    },
    remedy: {
      'zh-CN': '请发送 UTF-8 编码的 JSON 对象，字段名不得重复，嵌套不得过深。',
      en: 'Send one JSON object in UTF-8, without repeated member names and not nested too deeply.',
    },
    retryable: false,
  },
  'malformed-request': {
    status: 400,
    title: { 'zh-CN': '请求格式错误', en: 'The request is malformed' },
    userMessage: { 'zh-CN': '请求有误，请重试。', en: 'The request is not readable. Please try again.' },
    remedy: {
      'zh-CN': '请检查请求行、请求头和查询参数的写法。',
      en: 'Check how the request line, the headers and the query are written.',
    },
    retryable: false,
  },
  unauthorized: {
    status: 401,
    title: { 'zh-CN': '未提供有效凭证', en: 'No valid credential' },
    userMessage: { 'zh-CN': '请重新登录。', en: 'Please sign in again.' },
    remedy: {
      'zh-CN': '请在 Authorization 请求头中提供有效且未过期的凭证。',
      en: 'Send a valid, unexpired credential in the Authorization header.',
    },
    retryable: false,
  },
  forbidden: {
    status: 403,
    title: { 'zh-CN': '无权进行此操作', en: 'Not allowed' },
    userMessage: { 'zh-CN': '您没有办理此项操作的权限。', en: 'You are not allowed to do this.' },
    remedy: {
      'zh-CN': '凭证有效，但不具备此操作所需的权限。',
      en: 'The credential is valid but does not carry what this operation asks for.',
    },
    retryable: false,
  },
  'route-not-found': {
    status: 404,
    title: { 'zh-CN': '地址不存在', en: 'No such address' },
    userMessage: { 'zh-CN': '访问的地址不存在。', en: 'This address does not exist.' },
    remedy: {
      'zh-CN': '可用的地址见 GET /v1/openapi.json。',
      en: 'GET /v1/openapi.json lists the addresses there are.',
    },
    retryable: false,
  },
  'service-not-found': {
    status: 404,
    title: { 'zh-CN': '没有此项服务', en: 'No such service' },
    userMessage: { 'zh-CN': '没有找到这项服务。', en: 'This service was not found.' },
    remedy: {
      'zh-CN': '该日有效的政策中没有此服务代码；可用代码见 GET /v1/services。',
      en: 'The policy in force on that day has no service of this code; GET /v1/services lists them.',
    },
    retryable: false,
  },
  'policy-version-not-found': {
    status: 404,
    title: { 'zh-CN': '没有此政策版本', en: 'No such policy version' },
    userMessage: { 'zh-CN': '没有找到这个政策版本。', en: 'This version of the policy was not found.' },
    remedy: { 'zh-CN': '已发布的版本见 GET /v1/policies。', en: 'GET /v1/policies lists what is published.' },
    retryable: false,
  },
  'decision-not-found': {
    status: 404,
    title: { 'zh-CN': '没有此核查记录', en: 'No such decision' },
    userMessage: { 'zh-CN': '没有找到这条核查记录。', en: 'This decision was not found.' },
    remedy: {
      'zh-CN': '请核对核查编号；记录保存三年。',
      en: 'Check the id; decisions are kept for three years.',
    },
    retryable: false,
  },
  'review-not-found': {
    status: 404,
    title: { 'zh-CN': '没有此复核申请', en: 'No such request for review' },
    userMessage: { 'zh-CN': '没有找到这项复核申请。', en: 'This request for review was not found.' },
    remedy: {
      'zh-CN':
        '请核对申请编号；本人的申请见 GET /v1/me/review-requests，本区待办见 GET /v1/counter/review-requests。',
      en: 'Check the id: GET /v1/me/review-requests lists your own, GET /v1/counter/review-requests those of your district.',
    },
    retryable: false,
  },
  'review-concluded': {
    status: 409,
    title: { 'zh-CN': '复核已经结束', en: 'The review has ended' },
    userMessage: {
      'zh-CN': '这项复核申请已经办结或撤回。',
      en: 'This request for review is concluded or withdrawn.',
    },
    remedy: {
      'zh-CN': '已办结或撤回的申请不能再变更；如仍有异议，请重新提出申请。',
      en: 'What has ended is not changed any more; ask for another review.',
    },
    retryable: false,
  },
  'review-taken': {
    status: 409,
    title: { 'zh-CN': '复核由他人承办', en: 'Somebody else has the review' },
    userMessage: {
      'zh-CN': '这项复核申请由另一位工作人员承办。',
      en: 'Another clerk is looking at this request.',
    },
    remedy: {
      'zh-CN': '只有承办人可以办结。',
      en: 'Only the clerk who took it on can conclude it.',
    },
    retryable: false,
  },
  'review-not-taken': {
    status: 409,
    title: { 'zh-CN': '复核尚无人承办', en: 'Nobody has taken the review on' },
    userMessage: {
      'zh-CN': '这项复核申请尚无人承办。',
      en: 'Nobody has taken this request on yet.',
    },
    remedy: {
      'zh-CN': '请先 POST /v1/counter/review-requests/{id}/take。',
      en: 'First POST /v1/counter/review-requests/{id}/take.',
    },
    retryable: false,
  },
  'resident-not-found': {
    status: 404,
    title: { 'zh-CN': '尚无登记信息', en: 'Nothing is registered' },
    userMessage: {
      'zh-CN': '系统中还没有您的登记信息，请联系居住地派出所或社区服务机构。',
      en: 'Nothing is registered about you yet. Please ask the police station or community office where you live.',
    },
    remedy: {
      'zh-CN': '没有任何部门报送过此人的信息；可用 POST /v1/evaluations 按所填情况查询。',
      en: 'No bureau has sent anything about this person; POST /v1/evaluations answers from given facts.',
    },
    retryable: false,
  },
  'consent-not-found': {
    status: 404,
    title: { 'zh-CN': '没有此授权', en: 'No such consent' },
    userMessage: { 'zh-CN': '没有找到这项授权。', en: 'This consent was not found.' },
    remedy: {
      'zh-CN': '请核对编号；本人的授权见 GET /v1/me/consents。',
      en: "Check the id; GET /v1/me/consents lists the caller's own.",
    },
    retryable: false,
  },
  'partner-not-found': {
    status: 404,
    title: { 'zh-CN': '没有此合作方', en: 'No such third party' },
    userMessage: { 'zh-CN': '没有找到这个合作方。', en: 'This third party was not found.' },
    remedy: {
      'zh-CN': '请核对编号；已有的合作方见 GET /v1/admin/partners。',
      en: 'Check the id; GET /v1/admin/partners lists those there are.',
    },
    retryable: false,
  },
  'api-key-not-found': {
    status: 404,
    title: { 'zh-CN': '没有此 API 密钥', en: 'No such API key' },
    userMessage: { 'zh-CN': '没有找到这个密钥。', en: 'This key was not found.' },
    remedy: {
      'zh-CN': '该合作方没有此编号的密钥；其密钥见 GET /v1/admin/partners/{id}/keys。',
      en: 'The third party has no key of this id; GET /v1/admin/partners/{id}/keys lists those it has.',
    },
    retryable: false,
  },
  'method-not-allowed': {
    status: 405,
    title: { 'zh-CN': '不支持此请求方法', en: 'Method not allowed' },
    userMessage: { 'zh-CN': '请求有误，请重试。', en: 'The request cannot be served like this.' },
    remedy: {
      'zh-CN': '该地址支持的方法见 Allow 响应头。',
      en: 'The Allow header names the methods this address knows.',
    },
    retryable: false,
  },
  'decision-not-replayable': {
    status: 409,
    title: { 'zh-CN': '核查记录无法重新核查', en: 'The decision cannot be replayed' },
    userMessage: {
      'zh-CN': '这条核查记录目前无法重新核查，技术人员已收到通知。',
      en: 'This decision cannot be replayed at present. Technical staff have been told.',
    },
    remedy: {
      'zh-CN': '当时的规则引擎或政策版本已无法调用；不会以其他版本代替。',
      en: 'The engine or a policy version of then is not to be had; no other is taken in its place.',
    },
    retryable: false,
  },
  'partner-exists': {
    status: 409,
    title: { 'zh-CN': '该编号已用于另一合作方', en: 'The id is that of another third party' },
    userMessage: { 'zh-CN': '此编号已被使用。', en: 'This id is taken.' },
    remedy: {
      'zh-CN': '该编号已存在，且名称或约定不同；请另选编号，或以 PUT 更改约定。',
      en: 'There is one of this id with another name or other terms; choose another id, or change its terms with PUT.',
    },
    retryable: false,
  },
  'too-many-api-keys': {
    status: 409,
    title: { 'zh-CN': '有效密钥已达上限', en: 'Too many live API keys' },
    userMessage: { 'zh-CN': '有效密钥已达上限。', en: 'There are as many live keys as there may be.' },
    remedy: {
      'zh-CN': '一个合作方最多同时有两个有效密钥；请先撤销其一。',
      en: 'A third party has two live keys at most; revoke one first.',
    },
    retryable: false,
  },
  'api-key-shown-before': {
    status: 409,
    title: { 'zh-CN': '密钥此前已经显示', en: 'The API key was shown before' },
    userMessage: {
      'zh-CN': '此密钥已生成，不会再次显示。',
      en: 'This key was made before and is not shown again.',
    },
    remedy: {
      'zh-CN': '同一 Idempotency-Key 已生成过密钥，密钥不作保存；如已遗失，请撤销后以新的键重新生成。',
      en: 'This Idempotency-Key has made a key already, and keys are kept nowhere; if it was lost, revoke it and make another under a new key.',
    },
    retryable: false,
  },
  'payload-too-large': {
    status: 413,
    title: { 'zh-CN': '请求正文过大', en: 'The body is too large' },
    userMessage: { 'zh-CN': '提交的内容过多，请精简后重试。', en: 'Too much was sent. Please send less.' },
    remedy: { 'zh-CN': '请求正文不得超过 256 KB。', en: 'A body may have at most 256 KB.' },
    retryable: false,
  },
  'unsupported-media-type': {
    status: 415,
    title: { 'zh-CN': '不支持此内容类型', en: 'Unsupported media type' },
    userMessage: {
      'zh-CN': '提交的内容格式不受支持。',
      en: 'What was sent is not in a format this service reads.',
    },
    remedy: {
      'zh-CN': '请使用 Content-Type: application/json（UTF-8）。',
      en: 'Send Content-Type: application/json, in UTF-8.',
    },
    retryable: false,
  },
  'invalid-request': {
    status: 422,
    title: { 'zh-CN': '请求内容无效', en: 'The request is not valid' },
    userMessage: {
      'zh-CN': '部分填写内容有误，请核对后重试。',
      en: 'Some of the entries are wrong. Please check them.',
    },
    remedy: {
      'zh-CN': 'errors 列出了全部问题及其位置。',
      en: 'The errors list every problem and where it is.',
    },
    retryable: false,
  },
  'idempotency-key-reused': {
    status: 422,
    title: { 'zh-CN': '幂等键已用于另一请求', en: 'The idempotency key was used for another request' },
    userMessage: { 'zh-CN': '请求有误，请重试。', en: 'The request cannot be served like this.' },
    remedy: {
      'zh-CN': '同一 Idempotency-Key 只能用于同一请求；新请求请使用新的键。',
      en: 'One Idempotency-Key stands for one request; use a new one for a new request.',
    },
    retryable: false,
  },
  'contradictory-facts': {
    status: 422,
    title: { 'zh-CN': '所给事实相互矛盾', en: 'The facts contradict each other' },
    userMessage: {
      'zh-CN': '填写的情况前后矛盾，请核对后重试。',
      en: 'Some of the entries contradict each other. Please check them.',
    },
    remedy: {
      'zh-CN': '每项可读，但合在一起不可能成立；errors 指出矛盾所在。',
      en: 'Each fact can be read, but together they cannot be true; the errors say where.',
    },
    retryable: false,
  },
  'unknown-service': {
    status: 422,
    title: { 'zh-CN': '请求中有未知的服务代码', en: 'The request names an unknown service' },
    userMessage: { 'zh-CN': '所查询的服务不存在。', en: 'One of the services asked for does not exist.' },
    remedy: {
      'zh-CN': '该日有效的政策中没有此服务代码；可用代码见 GET /v1/services。',
      en: 'The policy in force on that day has no service of this code; GET /v1/services lists them.',
    },
    retryable: false,
  },
  'unknown-policy': {
    status: 422,
    title: { 'zh-CN': '没有此政策', en: 'No such policy' },
    userMessage: { 'zh-CN': '所查询的政策不存在。', en: 'The policy asked for does not exist.' },
    remedy: { 'zh-CN': '已发布的政策见 GET /v1/policies。', en: 'GET /v1/policies lists what is published.' },
    retryable: false,
  },
  'no-policy-in-force': {
    status: 422,
    title: { 'zh-CN': '该日没有有效的政策版本', en: 'No version of the policy is in force on that day' },
    userMessage: {
      'zh-CN': '所查询的日期没有可适用的政策。',
      en: 'There is no policy in force on the day asked about.',
    },
    remedy: {
      'zh-CN': '请换一个日期；各版本的有效期见 GET /v1/policies。',
      en: 'Ask about another day; GET /v1/policies shows the period of each version.',
    },
    retryable: false,
  },
  'too-many-requests': {
    status: 429,
    title: { 'zh-CN': '请求过于频繁', en: 'Too many requests' },
    userMessage: {
      'zh-CN': '访问人数较多，请稍后再试。',
      en: 'Many people are asking right now. Please try again soon.',
    },
    remedy: {
      'zh-CN': '请按 Retry-After 等待后重试。',
      en: 'Wait as long as Retry-After says, then try again.',
    },
    retryable: true,
  },
  'quota-exceeded': {
    status: 429,
    title: { 'zh-CN': '当日核查次数已用完', en: "The day's checks are used up" },
    userMessage: {
      'zh-CN': '今日可核查次数已用完，请明日再试。',
      en: 'No more checks can be made today. Please try again tomorrow.',
    },
    remedy: {
      'zh-CN': '约定的每日核查次数已用完；请按 Retry-After 等到次日（北京时间）。',
      en: 'The checks agreed for a day are used up; wait for the next day in Asia/Shanghai, as Retry-After says.',
    },
    retryable: true,
  },
  'person-budget-exhausted': {
    status: 429,
    title: { 'zh-CN': '当日可查询人数已用完', en: "The day's budget of persons is used up" },
    userMessage: {
      'zh-CN': '今日可查询人数已用完，请明日再试。',
      en: 'No further persons can be asked about today. Please try again tomorrow.',
    },
    remedy: {
      'zh-CN': '约定的每日查询人数已用完；当日已查询过的人仍可再查，其余请等到次日（北京时间）。',
      en: 'The persons agreed for a day are used up; those asked about today can be asked about again, others from the next day in Asia/Shanghai on.',
    },
    retryable: true,
  },
  'internal-error': {
    status: 500,
    title: { 'zh-CN': '服务内部错误', en: 'Internal error' },
    userMessage: {
      'zh-CN': '系统出现问题，请稍后再试。',
      en: 'Something went wrong on our side. Please try again later.',
    },
    remedy: {
      'zh-CN': '这是我们的问题；联系时请提供 requestId。',
      en: 'The fault is ours; quote the requestId when reporting it.',
    },
    retryable: true,
  },
  unavailable: {
    status: 503,
    title: { 'zh-CN': '服务暂时不可用', en: 'Temporarily unavailable' },
    userMessage: {
      'zh-CN': '服务暂时不可用，请稍后再试。',
      en: 'The service is unavailable just now. Please try again soon.',
    },
    remedy: {
      'zh-CN': '请稍后重试；支持 Idempotency-Key 的操作请使用同一个值，不会重复生效。',
      en: 'Try again later, with the same Idempotency-Key where the operation takes one: nothing is then done twice.',
    },
    retryable: true,
  },
} as const satisfies Record<string, Problem>;

export type ProblemCode = keyof typeof problems;

/** The problems any operation may answer with, on top of its own. */
export const sharedProblems = [
  'malformed-request',
  'too-many-requests',
  'internal-error',
  'unavailable',
] as const satisfies readonly ProblemCode[];

/** The problems of every operation that asks for a credential, on top. */
export const guardedProblems = ['unauthorized', 'forbidden'] as const satisfies readonly ProblemCode[];

/** The relative reference that names a kind of problem; it leads to its entry in `GET /v1/errors`. */
export function problemType(code: ProblemCode): string {
  return `/v1/errors#${code}`;
}
