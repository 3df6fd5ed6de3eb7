import { Metrics } from '@aws-lambda-powertools/metrics';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMeasures, metricsNamespace, problemMetric } from '../../../shared/observability/measures.ts';

describe('createMeasures', () => {
  beforeEach(() => {
    // Powertools writes to the global console, rather than to one of its own, in development; it then counts only on request.
    vi.stubEnv('POWERTOOLS_DEV', 'true');
    vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  it('publishes what was counted in the embedded metric format, once', () => {
    const lines: Record<string, unknown>[] = [];
    vi.spyOn(console, 'log').mockImplementation((line: string) => {
      lines.push(JSON.parse(line));
    });
    const measures = createMeasures(
      'test',
      new Metrics({ namespace: metricsNamespace, serviceName: 'test' }),
    );
    measures.countProblem('invalid-request');
    measures.recordDuration('createEvaluation', 1.25);
    measures.publish();
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      service: 'test',
      [problemMetric('invalid-request')]: 1,
      'duration.createEvaluation': 1.25,
      _aws: { CloudWatchMetrics: [{ Namespace: 'PermitEligibility', Dimensions: [['service']] }] },
    });
  });
});
