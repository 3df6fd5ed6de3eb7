import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLog, withheld } from '../../../shared/observability/log.ts';
import { logMessages } from '../../../shared/observability/log-messages.ts';

/** What the functions write to their log, line by line. */
function logging() {
  const lines: Record<string, unknown>[] = [];
  return { log: createLog('test', (_level, line) => lines.push(JSON.parse(line))), lines };
}

describe('createLog', () => {
  beforeEach(() => {
    vi.stubEnv('POWERTOOLS_LOG_LEVEL', undefined);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  it.each([
    [undefined, 3],
    ['INFO', 3],
    ['debug', 3],
    ['WARN', 2],
    ['error', 1],
    ['SILENT', 0],
  ])('at the level %s writes the %i gravest of three messages', (level, count) => {
    vi.stubEnv('POWERTOOLS_LOG_LEVEL', level);
    const { log, lines } = logging();
    log.write('requestCompleted', {});
    log.write('stalePolicies', {});
    log.write('unexpectedError', {});
    expect(lines.map((line) => line.level)).toEqual(['INFO', 'WARN', 'ERROR'].slice(3 - count));
  });

  it('writes lines of their own to the streams of the process, for the console of Lambda wraps them', () => {
    const written: string[] = [];
    for (const stream of ['stdout', 'stderr'] as const) {
      vi.spyOn(process[stream], 'write').mockImplementation((line) => {
        written.push(`${stream} ${line}`);
        return true;
      });
    }
    const log = createLog('test');
    log.write('requestCompleted', {});
    log.write('stalePolicies', {});
    expect(written).toEqual([
      expect.stringMatching(/^stdout \{"level":"INFO",.*"timestamp":"\d{4}-.*Z".*\}\n$/),
      expect.stringMatching(/^stderr \{"level":"WARN",.*\}\n$/),
    ]);
  });

  it('writes a registered message with its code, its fields and the ids of the request', () => {
    const { log, lines } = logging();
    log.identify({ requestId: 'r-1', correlationId: 'c-1' });
    log.write('requestCompleted', { operationId: 'getStatus', status: 200, durationMs: 1.5 });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      level: 'INFO',
      message: 'Request completed',
      code: 'PE1001',
      service: 'test',
      requestId: 'r-1',
      correlationId: 'c-1',
      operationId: 'getStatus',
      status: 200,
      durationMs: 1.5,
    });
  });

  it('leaves out whatever is not registered for the message', () => {
    const { log, lines } = logging();
    const wider = { status: 200, birthDate: '1990-05-01', resident: { birthDate: '1990-05-01' } };
    log.write('requestCompleted', wider);
    expect(JSON.stringify(lines)).not.toContain('1990-05-01');
    expect(lines).toHaveLength(1);
  });

  it('does not log a correlation id that holds what could be a personal number', () => {
    const { log, lines } = logging();
    log.identify({ requestId: 'r-1', correlationId: 'case-51010418990101001X' });
    log.write('requestCompleted', { status: 200 });
    expect(lines[0]).toMatchObject({ requestId: 'r-1' });
    expect(JSON.stringify(lines)).not.toContain('51010418990101001X');
  });

  it.each(['000000189901010014', 'Error 00000018990101001X', '13900000000', '000000990101001', '某人'])(
    'withholds %s, whatever field it comes in',
    (value) => {
      const { log, lines } = logging();
      log.write('unexpectedError', { operationId: value, errorName: value, stack: ['at f (a.ts:1)', value] });
      expect(JSON.stringify(lines)).not.toContain(value);
      expect(lines[0]).toMatchObject({
        operationId: withheld,
        errorName: withheld,
        stack: ['at f (a.ts:1)', withheld],
      });
    },
  );

  it('writes the numbers and ids of the product and of AWS as they are', () => {
    const { log, lines } = logging();
    const sequenceNumber = '111111118990101001400000000000000000001';
    const ids = {
      decisionId: `dc_${'a1'.repeat(16)}`,
      digest: `sha256:${'0f'.repeat(32)}`,
      version: '2024-02-20',
      engine: '1.0.0',
    };
    log.write('decisionDiffers', ids);
    log.write('unknownItemKind', { table: 'decisions', sequenceNumber });
    expect(lines[0]).toMatchObject(ids);
    expect(lines[1]).toMatchObject({ sequenceNumber });
  });

  it('forgets the ids of the request before', () => {
    const { log, lines } = logging();
    log.identify({ requestId: 'r-1', correlationId: 'c-1' });
    log.identify({ requestId: 'r-2', correlationId: null });
    log.write('requestCompleted', {});
    expect(lines[0]).toMatchObject({ requestId: 'r-2' });
    expect(lines[0]).not.toHaveProperty('correlationId');
  });
});

describe('the log messages', () => {
  it('have a code each', () => {
    const codes = Object.values(logMessages).map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes) expect(code).toMatch(/^PE[1-5]\d{3}$/);
  });
});
