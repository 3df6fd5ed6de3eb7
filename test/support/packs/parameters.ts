/** Every lapse policy, each with another way to count the years of a permit. */
export const PARAMETERS = {
  'ambiguous-art10': {},
  restart: { lapsePolicy: 'restart' },
  pause: { lapsePolicy: 'pause', anniversaryAfterMakeUp: 'issue-date' },
  bridge: { lapsePolicy: 'bridge', endorsementWindow: { days: 45 } },
  'grace of 30 days': { lapsePolicy: { graceThenRestart: { days: 30 } } },
  'grace of a year': {
    lapsePolicy: { graceThenRestart: { days: 365 } },
    anniversaryAfterMakeUp: 'issue-date',
    endorsementWindow: { months: 2 },
  },
} as const;
