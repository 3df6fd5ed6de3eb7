// The loop of Lambda's runtime in a few lines, for where its own does not compile: it loads the module, hands it event after
// event, and reports what became of each.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const api = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime`;
const [file, name] = process.env._HANDLER.split('.');

async function report(path, error) {
  const body = JSON.stringify({ errorType: error?.name, errorMessage: error?.message ?? String(error) });
  await fetch(`${api}/${path}`, { method: 'POST', body });
}

let handler;
try {
  const module = await import(pathToFileURL(join(process.env.LAMBDA_TASK_ROOT, `${file}.mjs`)).href);
  handler = module[name];
} catch (error) {
  await report('init/error', error);
  process.exit(1);
}

for (;;) {
  const next = await fetch(`${api}/invocation/next`);
  const id = next.headers.get('Lambda-Runtime-Aws-Request-Id');
  const deadline = Number(next.headers.get('Lambda-Runtime-Deadline-Ms'));
  const context = { awsRequestId: id, getRemainingTimeInMillis: () => deadline - Date.now() };
  try {
    const answer = await handler(await next.json(), context);
    await fetch(`${api}/invocation/${id}/response`, { method: 'POST', body: JSON.stringify(answer ?? null) });
  } catch (error) {
    await report(`invocation/${id}/error`, error);
  }
}
