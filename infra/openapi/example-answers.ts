import { fileURLToPath } from 'node:url';
import { eligibilityOperations } from '../../functions/eligibility/routes.ts';
import { evaluationRequest } from '../../shared/contract/evaluation/request.ts';
import type { PolicyHistories } from '../../shared/domain/policy/policy-histories.ts';
import { PolicyStoreUnavailable } from '../../shared/domain/policy/policy-store.ts';
import { compileLibrary } from '../../shared/policies/compile-library.ts';
import { readPackLibrary } from '../../shared/policies/pack-library.ts';
import type { ContractExample } from './examples.ts';
import { registerAnswers } from './register-answers.ts';

/** What the product answers to the example requests, under the packs of the repository: no example is made up. */
export async function exampleAnswers(examples: readonly ContractExample[]): Promise<ContractExample[]> {
  const folder = fileURLToPath(new URL('../../shared/policies/', import.meta.url));
  const { histories } = compileLibrary(readPackLibrary(folder));
  const policies: PolicyHistories = {
    history: async (policy) => histories.get(policy) ?? null,
    list: async () => {
      throw new PolicyStoreUnavailable('Nothing is published here.');
    },
  };
  const { createEvaluation } = eligibilityOperations({
    histories: policies,
    defaultPolicy: 'chengdu',
    now: () => {
      throw new Error('An example names its day, or the document would change from day to day.');
    },
  });
  const requests = examples.filter(
    ({ operationId, of }) => operationId === 'createEvaluation' && of === 'request',
  );
  const evaluations = await Promise.all(
    requests.map(async ({ name, summary, value }) => {
      const body = evaluationRequest.parse(value);
      const reply = await createEvaluation({
        operationId: 'createEvaluation',
        path: undefined,
        query: undefined,
        body,
        language: 'zh-CN',
        caller: null,
        idempotencyKey: null,
      });
      const answer = {
        operationId: 'createEvaluation',
        of: '200',
        name,
        summary: `The answer to: ${summary}`,
      };
      return { ...answer, value: JSON.parse(String(reply.body)) };
    }),
  );
  return [...evaluations, ...(await registerAnswers(examples, policies))];
}
