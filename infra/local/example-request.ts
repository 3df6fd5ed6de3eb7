/** A request that the packs of this repository can answer, for a person to try: the one of the README. */
export const exampleRequest = {
  asOf: '2024-06-01',
  services: ['housing.public-rental'],
  resident: {
    birthDate: '1990-05-01',
    permit: { status: 'valid', areaCode: '510107' },
    residence: { continuousYears: 6 },
    insurance: { pension: { continuousMonths: 72 } },
  },
} as const;

/** A command line that sends the example to the API at `address`. */
export function exampleCommand(address: string): string {
  return `curl -s ${address}/v1/evaluations -H 'content-type: application/json' -d '${JSON.stringify(exampleRequest)}'`;
}
