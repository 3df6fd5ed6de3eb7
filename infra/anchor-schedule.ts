/** When the audit is anchored: set on AWS's schedule, and kept to by its stand-in on one machine. */
export const anchorSchedule = {
  /** As long as a segment. */
  everyMinutes: 10,
  functionTimeoutSeconds: 300,
} as const;
