/** What is paid for, each with its own price. */
export type PriceItem =
  | 'apiRequest'
  | 'lambdaRequest'
  | 'lambdaSecondArm'
  | 'lambdaSecondX86'
  | 'tableRead'
  | 'tableWrite'
  | 'tableStorage'
  | 'tableRecovery'
  | 'kmsKey'
  | 'kmsRequest'
  | 'kmsSignature'
  | 'alarm'
  | 'compositeAlarm'
  | 'dashboard'
  | 'customMetric'
  | 'logIngestion'
  | 'logStorage'
  | 'trace'
  | 'objectPut'
  | 'transferOut'
  | 'webAcl'
  | 'webAclRule'
  | 'webAclRequest';

/**
 * - `read`: on the page that is named, for this region.
 * - `copied`: somebody else's copy of AWS's own list for this region, which is named.
 * - `assumed`: for the reason that is given.
 */
export type Certainty = 'read' | 'copied' | 'assumed';

/** From where on a unit costs how much: the first step begins at 0. */
export interface PriceStep {
  readonly from: number;
  readonly price: number;
}

export interface KnownPrice {
  readonly steps: readonly [PriceStep, ...PriceStep[]];
  /** How many units the price of a step is for. */
  readonly per: number;
  readonly certainty: Certainty;
  /** Where it was read, or where to look it up before anybody relies on it. */
  readonly source: string;
  /** What there is to know about it; for an assumption: why this one. */
  readonly note?: string;
}

/** A price, or null: it is not known, and nothing is put in its place. */
export type Price = KnownPrice | null;

export interface PriceList {
  readonly region: string;
  readonly currency: 'USD' | 'CNY';
  /** When its sources were looked at; several show no date of their own. */
  readonly readOn: string;
  readonly prices: Readonly<Record<PriceItem, Price>>;
}

const million = 1_000_000;

function flat(price: number, per: number, about: Omit<KnownPrice, 'steps' | 'per'>): KnownPrice {
  return { steps: [{ from: 0, price }], per, ...about };
}

const lambdaCopy = {
  certainty: 'copied',
  source: 'https://github.com/remotion-dev/remotion/blob/main/packages/lambda/src/pricing/price-per-1-s.ts',
  note: "a copy of the list behind AWS's calculator; cheaper beyond 6 thousand million GB-seconds a month, which is not reached",
} as const;

/** The pages of AWS put their rates in by script, so that a stored copy of them shows none. */
const assumed = (service: string, note: string) =>
  ({ certainty: 'assumed', source: `https://aws.amazon.com/${service}/pricing/`, note }) as const;

const everywhere = 'the rate of us-east-1, taken to be the same here';
const dearer = (rate: number, from = '') =>
  `${rate} in us-east-1${from}; 14 % more is taken for this region, whose rate could not be read`;
const airbyte = ' (https://airbyte.com/data-engineering-resources/dynamodb-pricing)';

const singapore: PriceList = {
  region: 'ap-southeast-1',
  currency: 'USD',
  readOn: '2026-11-26',
  prices: {
    apiRequest: {
      steps: [
        { from: 0, price: 4.25 },
        { from: 333 * million, price: 3.53 },
        { from: 1_000 * million, price: 3 },
      ],
      per: million,
      ...assumed(
        'api-gateway',
        'us-east-1 has 3.50, 2.80 and 2.38 for the same steps (https://docs.aws.amazon.com/whitepapers/latest/best-practices-api-gateway-private-apis-integration/cost-optimization.html); a fifth to a quarter more is taken for this region',
      ),
    },
    lambdaRequest: flat(0.2, million, lambdaCopy),
    lambdaSecondArm: flat(0.0000133334, 1, lambdaCopy),
    lambdaSecondX86: flat(0.0000166667, 1, lambdaCopy),
    tableRead: flat(0.1425, million, assumed('dynamodb', dearer(0.125, airbyte))),
    tableWrite: flat(0.7125, million, assumed('dynamodb', dearer(0.625, airbyte))),
    tableStorage: flat(0.285, 1, assumed('dynamodb', dearer(0.25))),
    tableRecovery: flat(0.228, 1, assumed('dynamodb', dearer(0.2))),
    kmsKey: flat(1, 1, {
      certainty: 'read',
      source: 'https://aws.amazon.com/kms/pricing/',
      note: 'for each key and each version that a rotation adds; that only the first two of these are charged for is assumed',
    }),
    kmsRequest: flat(0.03, 10_000, assumed('kms', everywhere)),
    kmsSignature: flat(0.15, 10_000, assumed('kms', everywhere)),
    alarm: flat(0.1, 1, assumed('cloudwatch', everywhere)),
    compositeAlarm: flat(0.5, 1, assumed('cloudwatch', everywhere)),
    dashboard: flat(3, 1, assumed('cloudwatch', everywhere)),
    customMetric: flat(0.3, 1, assumed('cloudwatch', `${everywhere}; for the first 10,000`)),
    logIngestion: flat(
      0.7,
      1,
      assumed(
        'cloudwatch',
        '0.50 in us-east-1; 0.70 is taken for this region, whose rate could not be read on a page of AWS',
      ),
    ),
    logStorage: flat(0.03, 1, assumed('cloudwatch', everywhere)),
    trace: flat(5, million, assumed('xray', everywhere)),
    objectPut: flat(0.005, 1_000, assumed('s3', everywhere)),
    transferOut: flat(0.12, 1, assumed('ec2/on-demand', 'the first 10 TB a month to the internet')),
    webAcl: flat(5, 1, assumed('waf', everywhere)),
    webAclRule: flat(1, 1, assumed('waf', everywhere)),
    webAclRequest: flat(0.6, million, assumed('waf', everywhere)),
  },
};

const ningxia: PriceList = {
  region: 'cn-northwest-1',
  currency: 'CNY',
  readOn: '2026-11-26',
  prices: {
    apiRequest: null,
    lambdaRequest: null,
    lambdaSecondArm: null,
    lambdaSecondX86: null,
    tableRead: null,
    tableWrite: flat(11.1538, million, {
      certainty: 'read',
      source: 'https://www.amazonaws.cn/en/dynamodb/pricing/',
      note: 'from before prices of on-demand tables were halved elsewhere in November 2024; whether they were here is not known',
    }),
    tableStorage: null,
    tableRecovery: null,
    kmsKey: null,
    kmsRequest: null,
    kmsSignature: null,
    alarm: flat(0.622, 1, { certainty: 'read', source: 'https://www.amazonaws.cn/cloudwatch/pricing/' }),
    compositeAlarm: flat(3.48, 1, {
      certainty: 'read',
      source: 'https://www.amazonaws.cn/cloudwatch/pricing/',
    }),
    dashboard: null,
    customMetric: flat(2, 1, {
      certainty: 'read',
      source: 'https://www.amazonaws.cn/cloudwatch/pricing/',
      note: 'for the first 10,000',
    }),
    logIngestion: null,
    logStorage: null,
    trace: null,
    objectPut: null,
    transferOut: null,
    webAcl: null,
    webAclRule: null,
    webAclRequest: null,
  },
};

/** The price lists there are, by region. */
export const priceLists: Readonly<Record<string, PriceList>> = {
  [singapore.region]: singapore,
  [ningxia.region]: ningxia,
};

/**
 * What a quantity costs: each unit at the price of the step it falls into.
 *
 * @param quantity not negative.
 */
export function sumOf({ steps, per }: KnownPrice, quantity: number): number {
  return steps.reduce((sum, { from, price }, index) => {
    const until = Math.min(quantity, steps[index + 1]?.from ?? Number.POSITIVE_INFINITY);
    return until > from ? sum + ((until - from) / per) * price : sum;
  }, 0);
}
