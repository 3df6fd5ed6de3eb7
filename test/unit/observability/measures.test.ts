import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EmbeddedMetrics } from '../../../shared/observability/embedded-metrics.ts';
import { createMeasures, metricsNamespace, problemMetric } from '../../../shared/observability/measures.ts';

let lines: string[];

beforeEach(() => {
  lines = [];
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const measured = () =>
  createMeasures(
    'test',
    new EmbeddedMetrics({
      namespace: metricsNamespace,
      service: 'test',
      write: (line) => lines.push(line),
      now: () => 1_700_000_000_000,
    }),
  );

describe('createMeasures', () => {
  it('publishes what was counted in the embedded metric format, once', () => {
    const measures = measured();
    measures.countProblem('invalid-request');
    measures.recordDuration('createEvaluation', 1.25);
    measures.publish();
    measures.publish();
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      {
        service: 'test',
        [problemMetric('invalid-request')]: 1,
        'duration.createEvaluation': 1.25,
        _aws: {
          Timestamp: 1_700_000_000_000,
          CloudWatchMetrics: [
            {
              Namespace: 'PermitEligibility',
              Dimensions: [['service']],
              Metrics: [
                { Name: 'problem.invalid-request', Unit: 'Count' },
                { Name: 'duration.createEvaluation', Unit: 'Milliseconds' },
              ],
            },
          ],
        },
      },
    ]);
  });

  it.each([
    [undefined, 'unavailable', [['service']]],
    ['7', 'invalid-request', [['service']]],
    ['7', 'unavailable', [['service'], ['service', 'version']]],
  ])('of version %j, counts %s by %j', (version, code, dimensions) => {
    vi.stubEnv('AWS_LAMBDA_FUNCTION_VERSION', version);
    const measures = measured();
    measures.countProblem(code);
    measures.countDecisionFault();
    measures.publish();
    const { _aws, ...members } = JSON.parse(lines[0]!);
    const directives: { Dimensions: string[][]; Metrics: { Name: string }[] }[] = _aws.CloudWatchMetrics;
    expect(directives.flatMap(({ Dimensions }) => Dimensions)).toEqual(dimensions);
    expect(directives.slice(1).flatMap(({ Metrics }) => Metrics.map(({ Name }) => Name))).toEqual(
      dimensions.length > 1 ? [problemMetric(code)] : [],
    );
    expect(members.version).toBe(dimensions.length > 1 ? version : undefined);
  });

  it('keeps every value of what is counted more than once', () => {
    const measures = measured();
    for (let count = 0; count < 3; count++) measures.countDecisionFault();
    measures.publish();
    expect(JSON.parse(lines[0]!)).toMatchObject({ 'decision.fault': [1, 1, 1] });
  });

  it.each([
    [99, 0],
    [100, 1],
  ])(
    'publishes %i metrics, or values of one, by itself %i times: a document holds no more',
    (count, documents) => {
      const names = measured();
      for (let metric = 0; metric < count; metric++) names.countProblem(`p${metric}`);
      expect(lines).toHaveLength(documents);
      const values = measured();
      for (let value = 0; value < count; value++) values.recordDuration('x', value);
      expect(lines).toHaveLength(2 * documents);
    },
  );

  it('writes lines as they are to the standard output, for the console of Lambda wraps them', () => {
    const output = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const measures = createMeasures('test');
    measures.countOutsideDistrict();
    measures.publish();
    expect(output.mock.calls).toEqual([
      [expect.stringMatching(/^\{"_aws":.*"counter\.outside-district":1\}\n$/)],
    ]);
  });

  it('publishes nothing where metrics are switched off', () => {
    vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'true');
    const measures = measured();
    measures.countProblem('unavailable');
    measures.publish();
    expect(lines).toEqual([]);
  });
});
