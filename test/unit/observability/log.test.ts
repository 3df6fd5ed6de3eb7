import { Logger } from '@aws-lambda-powertools/logger';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLog, withheld } from '../../../shared/observability/log.ts';
import { logMessages } from '../../../shared/observability/log-messages.ts';

/** What the functions write to their log, line by line. */
function logging() {
  const lines: Record<string, unknown>[] = [];
  const logger = new Logger({ serviceName: 'test' });
  for (const level of ['info', 'warn', 'error'] as const) {
    vi.spyOn(console, level).mockImplementation((line: string) => {
      lines.push(JSON.parse(line));
    });
  }
  return { log: createLog('test', logger), lines };
}

describe('createLog', () => {
  beforeEach(() => {
    // Powertools writes to the global console, rather than to one of its own, where this is set.
    vi.stubEnv('POWERTOOLS_DEV', 'true');
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
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
