/** A request for a person to try, with one service of each outcome in its answer: the one of the README. */
export const exampleRequest = {
  asOf: '2024-06-01',
  explain: 'summary',
  services: ['legal.aid', 'housing.public-rental', 'assistance.minimum-living'],
  resident: {
    birthDate: '1990-05-01',
    hukou: { areaCode: '513425', kind: 'agricultural' },
    permit: {
      events: [
        { type: 'issued', on: '2023-03-01', areaCode: '510107' },
        { type: 'endorsed', on: '2024-02-10' },
      ],
    },
  },
} as const;

/** A command line that sends the example to the API at `address`. */
export function exampleCommand(address: string): string {
  return `curl -s ${address}/v1/evaluations -H 'content-type: application/json' -d '${JSON.stringify(exampleRequest)}'`;
}
