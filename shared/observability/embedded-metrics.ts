type MetricUnit = 'Count' | 'Milliseconds' | 'Seconds';

export interface EmbeddedMetricsOptions {
  readonly namespace: string;
  /** The function: the one dimension of most metrics. */
  readonly service: string;
  /** Which of its versions runs: Lambda's own variable when absent, none where there is none. */
  readonly version?: string | undefined;
  /** Takes a line of the log; replaced in tests. Lambda's `console` would wrap it, and CloudWatch not know it again. */
  readonly write?: (line: string) => void;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

/** CloudWatch takes no more of one document. */
const maxMetrics = 100;
/** Nor more values of one metric. */
const maxValues = 100;

/**
 * Metrics in CloudWatch's embedded format: a line of the log that CloudWatch reads numbers from. A library for it is 15 KB,
 * which every start of every function would read, for what is written here.
 *
 * Writes nothing where `POWERTOOLS_METRICS_DISABLED` is `true`, as the logger takes its level from `POWERTOOLS_LOG_LEVEL`.
 */
export class EmbeddedMetrics {
  readonly #options: EmbeddedMetricsOptions & Required<Omit<EmbeddedMetricsOptions, 'version'>>;
  readonly #disabled = process.env.POWERTOOLS_METRICS_DISABLED === 'true';
  readonly #metrics = new Map<
    string,
    { readonly unit: MetricUnit; readonly values: number[]; readonly byVersion: boolean }
  >();

  constructor(options: EmbeddedMetricsOptions) {
    this.#options = {
      write: (line) => process.stdout.write(`${line}\n`),
      now: Date.now,
      version: process.env.AWS_LAMBDA_FUNCTION_VERSION,
      ...options,
    };
  }

  /** @param byVersion whether it is counted for the version by itself as well, which CloudWatch takes for another metric. */
  addMetric(name: string, unit: MetricUnit, value: number, byVersion = false): void {
    const metric = this.#metrics.get(name) ?? { unit, values: [], byVersion };
    metric.values.push(value);
    this.#metrics.set(name, metric);
    if (this.#metrics.size === maxMetrics || metric.values.length === maxValues) this.publish();
  }

  /** Writes what was added since, if anything was. */
  publish(): void {
    const metrics = [...this.#metrics];
    this.#metrics.clear();
    if (metrics.length === 0 || this.#disabled) return;
    const { namespace, service, version, write, now } = this.#options;
    const directive = (dimensions: string[], of: typeof metrics) => ({
      Namespace: namespace,
      Dimensions: [dimensions],
      Metrics: of.map(([Name, { unit }]) => ({ Name, Unit: unit })),
    });
    const ofVersion = version === undefined ? [] : metrics.filter(([, { byVersion }]) => byVersion);
    const directives = [directive(['service'], metrics)];
    if (ofVersion.length > 0) directives.push(directive(['service', 'version'], ofVersion));
    const values = metrics.map(([name, { values }]) => [name, values.length === 1 ? values[0] : values]);
    write(
      JSON.stringify({
        _aws: { Timestamp: now(), CloudWatchMetrics: directives },
        service,
        ...(ofVersion.length > 0 && { version }),
        ...Object.fromEntries(values),
      }),
    );
  }
}
