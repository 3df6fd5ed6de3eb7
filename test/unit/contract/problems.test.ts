import { describe, expect, it } from 'vitest';
import { listedErrors } from '../../../functions/listed-errors.ts';
import { type FieldErrorCode, fieldErrorDetail } from '../../../shared/contract/field-errors.ts';
import { gatewayProblems } from '../../../shared/contract/gateway-problems.ts';
import { problemBody, renderProblem } from '../../../shared/contract/problem-body.ts';
import { type Problem, type ProblemCode, problems } from '../../../shared/contract/problems.ts';

const catalogue = Object.entries(problems) as [ProblemCode, Problem][];

describe('the problem catalogue', () => {
  it('words every problem in Chinese and in English', () => {
    for (const [, { title, userMessage, remedy }] of catalogue) {
      for (const text of [title, userMessage, remedy]) {
        expect(text['zh-CN']).toMatch(/\p{Script=Han}/u);
        expect(text.en).toMatch(/^[\x20-\x7E]+$/);
      }
    }
  });

  it('calls retryable what is not the fault of the request, and nothing else', () => {
    for (const [code, { status, retryable }] of catalogue) {
      expect([code, retryable]).toEqual([code, status === 429 || status >= 500]);
    }
  });

  it('renders each as a body that fits the contract', () => {
    for (const [code, { status }] of catalogue) {
      const body = renderProblem(code, 'zh-CN', 'r-1');
      expect(problemBody.parse(body)).toEqual(body);
      expect(body).toMatchObject({ code, status, type: `/v1/errors#${code}`, errors: [] });
    }
  });

  it('answers a client error of the gateway with 4xx, a fault of ours with 5xx', () => {
    const faults = /DEFAULT_5XX|CONFIGURATION_ERROR|AUTHORIZER_FAILURE|INTEGRATION/;
    for (const [type, code] of Object.entries(gatewayProblems)) {
      expect([type, problems[code].status >= 500]).toEqual([type, faults.test(type)]);
    }
  });
});

describe('the field errors', () => {
  it('are worded in both languages with the same blanks', () => {
    const blanks = (text: string) => text.match(/\{\w+\}/g) ?? [];
    for (const texts of Object.values(listedErrors)) {
      expect(texts['zh-CN']).toMatch(/\p{Script=Han}/u);
      expect(blanks(texts['zh-CN'])).toEqual(blanks(texts.en));
    }
  });

  it('have their blanks filled', () => {
    expect(fieldErrorDetail('too-small' satisfies FieldErrorCode, 'en', { minimum: 0 })).toBe(
      'This must be at least 0.',
    );
  });

  it('name types in the language of the reader', () => {
    const detail = (language: 'zh-CN' | 'en') =>
      fieldErrorDetail('wrong-type', language, { expected: 'integer' });
    expect([detail('zh-CN'), detail('en')]).toEqual(['类型应为整数。', 'This must be of type integer.']);
  });
});
