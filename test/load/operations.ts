import type { JWTPayload } from 'jose';
import {
  DevelopmentIssuer,
  developmentAssurance,
  developmentIssuers,
} from '../../infra/local/credentials/development-issuer.ts';
import { readFeedKey } from '../../infra/local/credentials/feed-keys.ts';
import { PERSONA_DAY } from '../../infra/local/sample/persona.ts';
import { personas } from '../../infra/local/sample/personas.ts';
import { generatePopulation } from '../bench/population.ts';

export interface LoadRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The main operations and what each is asked: many different questions, in turns. */
export type LoadedOperations = Readonly<Record<string, readonly LoadRequest[]>>;

const json = { 'Content-Type': 'application/json' };
/** Longer than a soak. */
const TOKEN_MINUTES = 120;

/** @param data the folder of the platform's data, whose issuer signs the tokens. */
export async function operationsOf(data: string): Promise<LoadedOperations> {
  const issuer = new DevelopmentIssuer(data);
  const token = async (of: keyof typeof developmentIssuers, claims: JWTPayload) =>
    `Bearer ${await issuer.sign(developmentIssuers[of], claims, TOKEN_MINUTES)}`;
  const clerk = await token('staff', {
    sub: 'load-clerk',
    roles: ['clerk'],
    district: '510100',
    post: 'window-1',
  });
  const residents = await Promise.all(
    personas.map(({ document, name }) =>
      token('residents', { sub: name, acr: developmentAssurance, id_document: { ...document } }),
    ),
  );
  const { requests } = generatePopulation(500, PERSONA_DAY);
  return {
    createEvaluation: requests.map((body) => ({
      method: 'POST',
      path: '/v1/evaluations',
      headers: json,
      body,
    })),
    getMyEligibility: residents.map((Authorization) => ({
      method: 'GET',
      path: `/v1/me/eligibility?asOf=${PERSONA_DAY}`,
      headers: { Authorization },
    })),
    createCounterCheck: personas.map(({ document }, number) => ({
      method: 'POST',
      path: '/v1/counter/checks',
      headers: { ...json, Authorization: clerk },
      body: JSON.stringify({
        document,
        purpose: 'advice',
        caseNumber: `LOAD-${number}`,
        asOf: PERSONA_DAY,
        outsideDistrictReason: 'joint-service',
      }),
    })),
    listServices: [{ method: 'GET', path: `/v1/services?asOf=${PERSONA_DAY}`, headers: {} }],
    // The same event again and again changes nothing, but is looked up and judged each time.
    recordEvents: personas.map(({ document }, number) => ({
      method: 'POST',
      path: '/v1/registry/events',
      headers: { ...json, Authorization: `ApiKey ${readFeedKey(data, 'housing')}` },
      body: JSON.stringify({
        events: [
          {
            eventId: `load-${number}`,
            type: 'housing.updated',
            occurredOn: '2026-05-01',
            document,
            housing: { tenure: 'rented' },
          },
        ],
      }),
    })),
  };
}
