import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type JwksServer, startJwksServer } from '../../infra/local/credentials/jwks-server.ts';
import { problemBody } from '../../shared/contract/problem-body.ts';
import { badTokens } from '../support/credentials/bad-tokens.ts';
import {
  clerkClaims,
  forge,
  headerOf,
  jwksOf,
  makeKey,
  residentClaims,
  residentIssuer,
  staffIssuer,
} from '../support/credentials/forge.ts';
import { comparable, openProductDoors, type ProductDoors } from '../support/doors/product-doors.ts';

/**
 * The corpus of bad tokens at the real gate: each is sent over HTTP to the gateway stand-in, and judged by the authorizer
 * from its own `handler.ts`. That each is refused for what is wrong with it, and for nothing else, is held by the unit
 * tests of the verifier over the same corpus.
 */
const [residents, staff] = [makeKey('r1'), makeKey('s1')];
const corpus = badTokens(residents, staff);
/** API Gateway takes 10,240 bytes of headers, the stand-in a little more; neither takes control characters. */
const unsendable = corpus.filter(([, , header]) => header.length > 10_000 || /\p{Cc}/u.test(header));
const sendable = corpus.filter((entry) => !unsendable.includes(entry));

let doors: ProductDoors;
const jwksServers: JwksServer[] = [];

beforeAll(async () => {
  for (const key of [residents, staff]) jwksServers.push(await startJwksServer(jwksOf(key)));
  doors = await openProductDoors({
    issuers: [residentIssuer, staffIssuer].map((issuer, place) => ({
      ...issuer,
      jwksUrl: jwksServers[place]!.url,
    })),
  });
});
afterAll(async () => {
  for (const server of jwksServers) server.stop();
  await doors?.stop();
});

/** A header is bytes: what is not ASCII is sent as UTF-8. */
function ask(path: string, authorization: string): Promise<Response> {
  const Authorization = Buffer.from(authorization, 'utf8').toString('latin1');
  return fetch(doors.address + path, { headers: { Authorization } });
}

describe('the gate, for tokens that differ from a good one in one thing', () => {
  it('opens to the good ones, each at its own door', async () => {
    const resident = `Bearer ${forge(residents, headerOf(residents), residentClaims)}`;
    const clerk = `Bearer ${forge(staff, headerOf(staff), clerkClaims)}`;
    const asked = [
      await ask('/v1/me/record', resident),
      await ask('/v1/me/record', clerk),
      await ask('/v1/decisions/dc_1', clerk),
      await ask('/v1/decisions/dc_1', resident),
    ];
    const codes = await Promise.all(asked.map(async (answer) => problemBody.parse(await answer.json()).code));
    // Nobody is registered and nothing decided: the functions themselves say so, the gate says 403.
    expect(codes).toEqual(['resident-not-found', 'forbidden', 'decision-not-found', 'forbidden']);
  });

  it('stays shut to all of the corpus, with one and the same answer', async () => {
    expect(sendable.length).toBeGreaterThan(100);
    const before = doors.reached.size;
    const answers = new Map<string, string[]>();
    for (const [what, , header] of sendable) {
      const answer = JSON.stringify(await comparable(await ask('/v1/me/record', header)));
      answers.set(answer, [...(answers.get(answer) ?? []), what]);
    }
    const [[answer, all] = ['', []], ...others] = answers;
    expect(others.map(([, whats]) => whats)).toEqual([]);
    expect(all).toHaveLength(sendable.length);
    expect(JSON.parse(answer)).toMatchObject({
      status: 401,
      body: expect.stringContaining('"unauthorized"'),
    });
    expect(doors.reached.size).toBe(before);
  });

  it('answers nobody, and a good token that is sent twice, alike', async () => {
    const token = `Bearer ${forge(residents, headerOf(residents), residentClaims)}`;
    const twice = await comparable(await ask('/v1/me/record', `${token}, ${token}`));
    expect(await comparable(await fetch(`${doors.address}/v1/me/record`))).toEqual(twice);
    expect(twice.status).toBe(401);
  });

  it('lets nothing through that is no header at all', async () => {
    expect(unsendable.length).toBeGreaterThan(1);
    const before = doors.reached.size;
    for (const [what, , header] of unsendable) {
      const answer = await raw(`GET /v1/me/record HTTP/1.1\r\nHost: a\r\nAuthorization: ${header}\r\n\r\n`);
      expect([what, answer.split('\r\n')[0]]).toEqual([what, 'HTTP/1.1 400 Bad Request']);
      expect(answer).toContain('"malformed-request"');
    }
    expect(doors.reached.size).toBe(before);
  });
});

/** What comes back when a text is sent as it is. */
function raw(text: string): Promise<string> {
  const { hostname, port } = new URL(doors.address);
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.write(text));
    socket.setEncoding('utf8').on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('close', () => resolve(answer)).on('error', reject);
  });
}
