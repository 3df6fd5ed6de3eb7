import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { openApiDocument } from '../../infra/openapi/document.ts';
import { readExamples } from '../../infra/openapi/examples.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { problems } from '../../shared/contract/problems.ts';
import type { Route } from '../../shared/contract/route.ts';
import { routes } from '../../shared/contract/routes.ts';
import { parseCivilDate } from '../../shared/domain/calendar/civil-date.ts';

const file = fileURLToPath(new URL('../../openapi.json', import.meta.url));
const written = JSON.parse(readFileSync(file, 'utf8'));

/** A validator that knows the whole document, so that its schemas can be named by pointer. */
function validator() {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  ajv.addFormat('date', (text: string) => parseCivilDate(text) !== null);
  ajv.addFormat('date-time', (text: string) => !Number.isNaN(Date.parse(text)));
  ajv.addSchema({ ...written, $id: 'openapi' });
  return (pointer: string, value: unknown) => {
    const validate = ajv.compile({ $ref: `openapi#${encodeURI(pointer)}` });
    return validate(value) ? [] : validate.errors;
  };
}

/** Everything in the document with its pointer, parents first. */
function* walk(value: unknown, pointer = ''): Generator<[string, Record<string, unknown>]> {
  if (typeof value !== 'object' || value === null) return;
  yield [pointer, value as Record<string, unknown>];
  for (const [key, child] of Object.entries(value)) {
    yield* walk(child, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
  }
}

describe('openapi.json', () => {
  it('is what the contract and the policies say now (else: npm run openapi)', async () => {
    const document = await openApiDocument(packageJson.version);
    expect(written).toEqual(JSON.parse(JSON.stringify(document)));
  });

  it('passes the linter without a warning', () => {
    const redocly = fileURLToPath(new URL('../../node_modules/.bin/redocly', import.meta.url));
    const lint = () =>
      execFileSync(redocly, ['lint', file, '--format', 'json', '--max-problems', '1000'], {
        env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      });
    expect(JSON.parse(lint()).totals).toEqual({ errors: 0, warnings: 0, ignored: 0 });
  });

  it('describes every route of the table, and nothing else', () => {
    const described = Object.entries<Record<string, { operationId: string }>>(written.paths).flatMap(
      ([path, item]) =>
        Object.entries(item).map(([method, { operationId }]) => `${operationId} ${method} ${path}`),
    );
    const table: readonly Route[] = routes;
    expect(described.sort()).toEqual(
      table.map(({ operationId, method, path }) => `${operationId} ${method.toLowerCase()} ${path}`).sort(),
    );
  });

  it('has only examples that fit their schemas', () => {
    const validate = validator();
    let checked = 0;
    for (const [pointer, media] of walk(written.paths)) {
      if (!('schema' in media) || !('examples' in media)) continue;
      for (const [name, example] of Object.entries(media.examples as Record<string, { value: unknown }>)) {
        expect([pointer, name, validate(`/paths${pointer}/schema`, example.value)]).toEqual([
          pointer,
          name,
          [],
        ]);
        checked++;
      }
    }
    for (const [pointer, schema] of walk(written.components.schemas)) {
      if (!Array.isArray(schema.examples)) continue;
      for (const example of schema.examples) {
        const found = validate(`/components/schemas${pointer}`, example);
        expect([pointer, example, found]).toEqual([pointer, example, []]);
        checked++;
      }
    }
    expect(checked).toBeGreaterThan(30);
  });

  it('shows an example of every problem an operation can answer with, with its status', () => {
    const table: readonly Route[] = routes;
    for (const { path, method, problems: own } of table) {
      const { responses } = written.paths[path][method.toLowerCase()];
      for (const code of own) {
        const { status } = problems[code];
        const { examples } = responses[String(status)].content['application/problem+json'];
        expect(examples[code].value).toMatchObject({ code, status });
      }
    }
  });

  it('would notice an example that does not fit', () => {
    const request = '/paths/~1v1~1evaluations/post/requestBody/content/application~1json/schema';
    const validate = validator();
    expect(validate(request, { resident: {} })).toEqual([]);
    for (const wrong of [{}, { resident: { extra: 1 } }, { resident: { birthDate: '2024-02-30' } }]) {
      expect(validate(request, wrong)).not.toEqual([]);
    }
  });
});

describe('the examples of the contract', () => {
  it('belong to an operation, and to its request or one of its answers', () => {
    const table: readonly Route[] = routes;
    for (const { operationId, of, name } of readExamples()) {
      const route = table.find((candidate) => candidate.operationId === operationId);
      const places = [...(route?.request.body ? ['request'] : []), ...Object.keys(route?.responses ?? {})];
      expect([operationId, name, places.includes(of)]).toEqual([operationId, name, true]);
    }
    expect(readExamples().length).toBeGreaterThan(0);
  });
});
