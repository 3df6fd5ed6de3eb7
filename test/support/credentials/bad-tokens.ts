import type { RefusalReason } from '../../../shared/security/credential-refused.ts';
import {
  base64url,
  clerkClaims,
  forge,
  headerOf,
  hmacSigned,
  jwksOf,
  makeKey,
  makeRsaKey,
  nowSeconds,
  residentClaims,
  residentIssuer,
  sampleNumber,
  signed,
  staffClaims,
  staffIssuer,
  type TestKey,
} from './forge.ts';

/** A credential nobody may come in with: what is wrong with it, what operators are told, the `Authorization` header. */
export type BadToken = readonly [what: string, reason: string, header: string];

/**
 * The corpus of bad tokens. Each differs from a good one in one thing.
 *
 * @param residents the key that the issuer of residents signs with.
 * @param staff the key that the issuer of staff signs with.
 */
export function badTokens(residents: TestKey, staff: TestKey): BadToken[] {
  const header = headerOf(residents);
  const good = forge(residents, header, residentClaims);
  const [head, payload, signature] = good.split('.') as [string, string, string];
  const other = makeKey(residents.kid);
  const rsa = makeRsaKey(residents.kid);
  const [otherJwk] = jwksOf(other).keys;
  const pem = residents.publicKey.export({ type: 'spki', format: 'pem' });
  const withHeader = (members: object) => forge(residents, { ...header, ...members }, residentClaims);
  const withClaims = (members: object) => forge(residents, header, { ...residentClaims, ...members });
  const without = (claim: string) =>
    forge(residents, header, Object.fromEntries(Object.entries(residentClaims).filter(([k]) => k !== claim)));
  const ofStaff = (members: object) => forge(staff, headerOf(staff), { ...staffClaims, ...members });
  const ofClerk = (members: object) => forge(staff, headerOf(staff), { ...clerkClaims, ...members });
  const claimsText = JSON.stringify(residentClaims);

  const tokens: Partial<Record<RefusalReason, Record<string, string>>> = {
    malformed: {
      'nothing at all': '',
      'a word': 'token',
      'dots only': '..',
      'two parts': `${head}.${payload}`,
      'four parts': `${good}.${signature}`,
      'five parts, as encrypted tokens have': `${good}.${payload}.${signature}`,
      'no signature': `${head}.${payload}.`,
      'the algorithm none': `${base64url(JSON.stringify({ ...header, alg: 'none' }))}.${payload}.`,
      'a header that is a list': forge(residents, [header], residentClaims),
      'a header with a name twice': forge(
        residents,
        `{"alg":"none",${JSON.stringify(header).slice(1)}`,
        residentClaims,
      ),
      'the subject twice': forge(residents, header, `{"sub":"resident-2",${claimsText.slice(1)}`),
      'the subject twice, once escaped': forge(
        residents,
        header,
        `{"s\\u0075b":"resident-2",${claimsText.slice(1)}`,
      ),
      'the number twice inside the document': forge(
        residents,
        header,
        claimsText.replace('"number":', '"number":"000000189901010022","number":'),
      ),
      'a member called __proto__': forge(residents, header, `{"__proto__":{},${claimsText.slice(1)}`),
      'claims that are a list': forge(residents, header, `[${claimsText}]`),
      'claims that are null': forge(residents, header, 'null'),
      'claims nested without end': forge(
        residents,
        header,
        `{"a":${'['.repeat(500)}${']'.repeat(500)},${claimsText.slice(1)}`,
      ),
      'claims that are no JSON': forge(residents, header, `${claimsText},`),
      'a byte order mark before the claims': forge(residents, header, `\ufeff${claimsText}`),
      'claims that are no UTF-8': signed(
        residents,
        `${head}.${base64url(Buffer.concat([Buffer.from(claimsText.slice(0, -1)), Buffer.from([0xff, 0x7d])]))}`,
      ),
      'twenty thousand characters': withClaims({ padding: 'a'.repeat(20_000) }),
      'base64 with padding': `${head}=.${payload}.${signature}`,
      'base64 instead of base64url': `${head}.${payload}.${Buffer.from(signature, 'base64url').toString('base64')}`,
      'bits no encoder would set': `${head}.${payload}.${looseEnd(signature)}`,
      'a line break inside': `${head}.${payload.slice(0, 8)}\n${payload.slice(8)}.${signature}`,
      'a blank inside': `${head}.${payload} .${signature}`,
      'letters that only look like ours': good.replace('e', '\u0435'),
      'full-width dots': good.replaceAll('.', '\uff0e'),
      'a NUL at the end': `${good}\u0000`,
      'the algorithm None, unsigned': `${base64url(JSON.stringify({ ...header, alg: 'None' }))}.${payload}.`,
      'the algorithm NONE, unsigned': `${base64url(JSON.stringify({ ...header, alg: 'NONE' }))}.${payload}.`,
      'the algorithm twice, once escaped': forge(
        residents,
        `{"\\u0061lg":"none",${JSON.stringify(header).slice(1)}`,
        residentClaims,
      ),
      'the expiry twice': forge(residents, header, `{"exp":${nowSeconds + 900},${claimsText.slice(1)}`),
      'a token inside a token': forge(residents, header, good),
      'the JSON form of a signature': JSON.stringify({ protected: head, payload, signature }),
      'just more characters than are read': withClaims({ padding: 'a'.repeat(5_900) }),
    },
    signature: {
      'a signature cut by a byte': good.slice(0, -2),
      'a signature with one bit changed': `${head}.${payload}.${flipped(signature)}`,
      'the signature of another token': `${head}.${base64url(JSON.stringify({ ...residentClaims, sub: 'resident-2' }))}.${signature}`,
      'a signature in DER': `${head}.${payload}.${base64url(derSignature(Buffer.from(signature, 'base64url')))}`,
      'a signature of zeros': `${head}.${payload}.${base64url(new Uint8Array(64))}`,
      'a signature of another key under the same id': forge(other, header, residentClaims),
      'ES256 in the header over the signature of an RSA key': forge(rsa, header, residentClaims),
      'a signature of a key on a longer curve': forge(
        makeKey(residents.kid, 'P-384'),
        header,
        residentClaims,
      ),
      'a signature of a key on the curve of Bitcoin': forge(
        makeKey(residents.kid, 'secp256k1'),
        header,
        residentClaims,
      ),
      'a signature whose numbers are the order of the curve': `${head}.${payload}.${base64url(Buffer.from(curveOrder.repeat(2), 'hex'))}`,
      'a signature of zero and one': `${head}.${payload}.${base64url(Buffer.from(`${'0'.repeat(127)}1`, 'hex'))}`,
      'a signature with a byte more': `${head}.${payload}.${base64url(Buffer.concat([Buffer.from(signature, 'base64url'), Buffer.from([0])]))}`,
      'the other issuer, signed by this one': forge(residents, headerOf(staff), {
        ...residentClaims,
        iss: staffIssuer.issuer,
      }),
    },
    algorithm: {
      'the algorithm none with a signature': `${base64url(JSON.stringify({ ...header, alg: 'none' }))}.${payload}.${signature}`,
      'the algorithm nOnE': withHeader({ alg: 'nOnE' }),
      'HS256 under the public key as PEM': hmacSigned(pem, { ...header, alg: 'HS256' }, residentClaims),
      'HS256 under the public key as JWK': hmacSigned(
        JSON.stringify(jwksOf(residents).keys[0]),
        { ...header, alg: 'HS256' },
        residentClaims,
      ),
      'HS256 under an empty key': hmacSigned('', { ...header, alg: 'HS256' }, residentClaims),
      'an algorithm its issuer may not use': forge(rsa, { ...header, alg: 'RS256' }, residentClaims),
      'the algorithm NONE with a signature': withHeader({ alg: 'NONE' }),
      'the algorithm none after a blank': withHeader({ alg: ' none' }),
      'HS256 under the public key in DER': hmacSigned(
        residents.publicKey.export({ type: 'spki', format: 'der' }),
        { ...header, alg: 'HS256' },
        residentClaims,
      ),
      'an algorithm for another curve': withHeader({ alg: 'ES384' }),
      'an algorithm for the curve of Bitcoin': withHeader({ alg: 'ES256K' }),
      'an algorithm that encrypts': withHeader({ alg: 'dir' }),
      'the algorithm in lower case': withHeader({ alg: 'es256' }),
    },
    header: {
      'no algorithm': withHeader({ alg: undefined }),
      'an algorithm that is a list': withHeader({ alg: ['ES256'] }),
      'an algorithm that is null': withHeader({ alg: null }),
      'an empty algorithm': withHeader({ alg: '' }),
      'a key id that is a list': withHeader({ kid: [residents.kid] }),
      'a key id that is null': withHeader({ kid: null }),
      'a key id of a thousand characters': withHeader({ kid: 'k'.repeat(1_000) }),
      'a token inside a token, and a header that says so': forge(residents, { ...header, cty: 'JWT' }, good),
      'no key id': withHeader({ kid: undefined }),
      'no type': withHeader({ typ: undefined }),
      'jku to a set of its own': forge(
        other,
        { ...header, jku: 'https://evil.example/jwks' },
        residentClaims,
      ),
      'jku beside a good signature': withHeader({ jku: residentIssuer.jwksUrl }),
      'x5u beside a good signature': withHeader({ x5u: 'https://evil.example/cert' }),
      'x5c beside a good signature': withHeader({ x5c: ['MIIB'] }),
      'its own key in the header': forge(other, { ...header, jwk: otherJwk }, residentClaims),
      'a critical extension': withHeader({ crit: ['exp'], exp: nowSeconds }),
      'an unencoded payload': withHeader({ b64: false, crit: ['b64'] }),
      'a compressed payload': withHeader({ zip: 'DEF' }),
    },
    'unknown-key': {
      'an unknown key id': withHeader({ kid: 'another' }),
      'a key id that is a path': withHeader({ kid: '../../etc/passwd' }),
      'a key id that is a path to nothing': withHeader({ kid: '/dev/null' }),
      'a key id that is an address': withHeader({ kid: 'https://evil.example/jwks' }),
      'a key id that is a question to a database': withHeader({ kid: "' OR '1'='1" }),
      'a key id with a NUL before it': withHeader({ kid: `\u0000${residents.kid}` }),
      'the key of the other issuer, by its own id': forge(staff, headerOf(staff), residentClaims),
      'the key id of the other issuer': withHeader({ kid: staff.kid }),
      'a key id that every object has': withHeader({ kid: '__proto__' }),
    },
    type: {
      'the type of an identity token': withHeader({ typ: 'JWT' }),
      'the type of a proof of possession': withHeader({ typ: 'dpop+jwt' }),
      'the type of a logout token': withHeader({ typ: 'logout+jwt' }),
    },
    'unknown-issuer': {
      'another issuer': withClaims({ iss: 'https://evil.example' }),
      'its issuer with a slash more': withClaims({ iss: `${residentIssuer.issuer}/` }),
      'an issuer that is a list': withClaims({ iss: [residentIssuer.issuer] }),
      'its issuer in capitals': withClaims({ iss: residentIssuer.issuer.toUpperCase() }),
      'an issuer that is null': withClaims({ iss: null }),
      'no issuer': without('iss'),
    },
    audience: {
      'another audience': withClaims({ aud: 'https://other.example.org' }),
      'a list of other audiences': withClaims({ aud: ['https://other.example.org'] }),
      'an audience that begins like ours': withClaims({ aud: `${residentIssuer.audience}.evil.example` }),
      'an audience in capitals': withClaims({ aud: residentIssuer.audience.toUpperCase() }),
      'an empty list of audiences': withClaims({ aud: [] }),
      'a list inside the list of audiences': withClaims({ aud: [[residentIssuer.audience]] }),
      'an audience that is an object': withClaims({ aud: { [residentIssuer.audience]: true } }),
      'an audience that is null': withClaims({ aud: null }),
      'no audience': without('aud'),
    },
    expired: {
      'expired an hour ago': withClaims({ iat: nowSeconds - 7_200, exp: nowSeconds - 3_600 }),
      'expired in 1970': withClaims({ exp: 0 }),
      'expired before 1970': withClaims({ exp: -1 }),
      'expired just longer ago than clocks may differ': withClaims({ exp: nowSeconds - 11 }),
    },
    claims: {
      'no expiry': without('exp'),
      'an expiry in text': withClaims({ exp: String(nowSeconds + 600) }),
      'no time of issue': without('iat'),
      'no subject': without('sub'),
      'an expiry that is null': withClaims({ exp: null }),
      'a time of issue in text': withClaims({ iat: String(nowSeconds) }),
      'a subject that is null': withClaims({ sub: null }),
      'a subject that is a list': withClaims({ sub: ['resident-1'] }),
      'an assurance that is a list': withClaims({ acr: ['real-name'] }),
      'roles that are null': ofStaff({ roles: null }),
      'roles that are an object': ofStaff({ roles: { operator: true } }),
      'a role that is null': ofStaff({ roles: ['operator', null] }),
      'a clerk of two districts': ofClerk({ district: ['510107', '510104'] }),
      'an empty subject': withClaims({ sub: '' }),
      'a subject that is a number': withClaims({ sub: 7 }),
      'a subject made of the number': withClaims({ sub: `cn-${sampleNumber}` }),
      'a document that is a text': withClaims({ id_document: sampleNumber }),
      'a document of an unknown type': withClaims({ id_document: { type: 'passport', number: 'E00000000' } }),
      'a number whose check digit is wrong': withClaims({
        id_document: { type: 'resident-id', number: '000000189901010016' },
      }),
      'a document with more to it': withClaims({
        id_document: { type: 'resident-id', number: sampleNumber, name: 'x' },
      }),
      'roles that are a text': ofStaff({ roles: 'operator' }),
      'a clerk without a district': ofClerk({ district: undefined }),
      'a clerk without a post': ofClerk({ post: undefined }),
      'a clerk with an empty district': ofClerk({ district: '' }),
    },
    lifetime: {
      'an expiry in milliseconds': withClaims({ exp: (nowSeconds + 600) * 1_000 }),
      'an expiry beyond all numbers': forge(
        residents,
        header,
        claimsText.replace(/"exp":\d+/, '"exp":1e400'),
      ),
      'a life of a second too long': withClaims({
        iat: nowSeconds,
        exp: nowSeconds + residentIssuer.maxLifetimeSeconds + 1,
      }),
      'a life since 1970': withClaims({ iat: 0 }),
      'a life of a week': withClaims({ exp: nowSeconds + 604_800 }),
    },
    'not-yet-valid': {
      'not valid yet': withClaims({ nbf: nowSeconds + 60 }),
      'not valid before the year 50,000': withClaims({ nbf: nowSeconds * 1_000 }),
      'valid from a text on': withClaims({ nbf: String(nowSeconds) }),
      'issued in the future': withClaims({ iat: nowSeconds + 120 }),
    },
    assurance: {
      'no real-name assurance': without('acr'),
      'assurance below what is asked': withClaims({ acr: 'phone-number' }),
      'assurance in another spelling': withClaims({ acr: 'Real-Name' }),
    },
    role: {
      'no document': without('id_document'),
      'a role its issuer may not vouch for': withClaims({ roles: ['operator'], id_document: undefined }),
      'a resident who is an operator too': withClaims({ roles: ['operator'] }),
      'a resident, says the issuer of staff': ofStaff({ roles: ['resident'] }),
      'a document, says the issuer of staff': ofStaff({
        roles: [],
        acr: 'real-name',
        id_document: residentClaims.id_document,
      }),
      'a resident and a clerk at once': withClaims({
        roles: ['clerk'],
        district: '510107',
        post: 'window-3',
      }),
      'staff without a role': ofStaff({ roles: [] }),
      'staff of an unknown role': ofStaff({ roles: ['root'] }),
      'a role that every object has': ofStaff({ roles: ['constructor'] }),
      'a clerk who is an operator too': ofClerk({ roles: ['clerk', 'operator'] }),
    },
  };
  const bearers = Object.entries(tokens).flatMap(([reason, ofReason]) =>
    Object.entries(ofReason).map(([what, token]): BadToken => [what, reason, `Bearer ${token}`]),
  );
  return [
    ...bearers,
    ['a good token under no scheme', 'unknown-scheme', good],
    ['a good token as Basic', 'unknown-scheme', `Basic ${good}`],
    ['a good token as an API key', 'checksum', `ApiKey ${good}`],
    ['a good token after two blanks', 'malformed', `Bearer  ${good}`],
    ['two tokens', 'malformed', `Bearer ${good}, Bearer ${good}`],
    ['the scheme alone', 'unknown-scheme', 'Bearer'],
  ];
}

/** The order of the group of P-256, in hexadecimal: a verifier that does not check the range takes it for zero. */
const curveOrder = 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551';

function flipped(signature: string): string {
  const bytes = Buffer.from(signature, 'base64url');
  bytes[40] = bytes[40]! ^ 1;
  return base64url(bytes);
}

/** 64 bytes end in a character of which only two bits count; the same bytes, written with another one. */
function looseEnd(signature: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return signature.slice(0, -1) + alphabet[alphabet.indexOf(signature.at(-1)!) ^ 1]!;
}

function derSignature(raw: Buffer): Buffer {
  const integer = (bytes: Buffer) => Buffer.concat([Buffer.from([2, bytes.length + 1, 0]), bytes]);
  const body = Buffer.concat([integer(raw.subarray(0, 32)), integer(raw.subarray(32))]);
  return Buffer.concat([Buffer.from([0x30, body.length]), body]);
}
