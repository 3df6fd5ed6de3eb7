import { CommandError } from '../command-error.ts';
import { localDataDirectory } from '../local/data-files.ts';
import { eventRecorder } from '../local/event-recorder.ts';
import type { SampleEvent } from '../local/sample/event-log.ts';
import { loadEvents, SampleNotLoaded } from '../local/sample/load-events.ts';
import { PERSONA_DAY } from '../local/sample/persona.ts';
import { personas } from '../local/sample/personas.ts';
import { sampleResidents } from '../local/sample/sample-city.ts';
import { registerHelp, withRegister } from './open-register.ts';
import { misused, parseCommandLine } from './parse-command-line.ts';
import { showProgress } from './progress.ts';
import { runCommand } from './run-command.ts';

const usage = `Usage: npm run seed -- [options]

Brings an invented city into the register, by the bureaus' own way in, and the personas with it (docs/sample-city.md).
Nobody's numbers: citizens' begin with 000000. The same options give the same city; what is there already is left as it is.

  --residents <n>   how many people (default 1000)
  --seed <n>        another city: a register takes one (default 1)
  --as-of <date>    up to which day lives are told (default ${PERSONA_DAY})
  --data <dir>      the folder that npm start was given (default .local)

${registerHelp}`;

/** Events stored in one step: enough to keep the store busy. */
const stepEvents = 2_000;

await runCommand(async () => {
  const options = commandLine();
  if (options === null) return console.log(usage);
  const started = performance.now();
  await withRegister(
    async (register) => {
      const record = eventRecorder(register);
      const total = { residents: 0, applied: 0, duplicate: 0 };
      const progress = showProgress({ of: options.residents, unit: 'residents', now: () => total.residents });
      const store = async (events: readonly SampleEvent[]) => {
        const { applied, duplicate } = await loadEvents(events, record);
        total.applied += applied;
        total.duplicate += duplicate;
        progress.update({ ...total, rejected: 0 });
      };
      try {
        await store(personas.flatMap(({ events }) => events));
        let step: SampleEvent[] = [];
        for (const { events } of sampleResidents(options)) {
          step.push(...events);
          total.residents += 1;
          if (step.length >= stepEvents) {
            await store(step);
            step = [];
          }
        }
        await store(step);
      } finally {
        progress.stop();
      }
      const seconds = (performance.now() - started) / 1000;
      const number = (count: number) => count.toLocaleString('en');
      console.log(
        `${number(total.residents)} residents and ${personas.length} personas: ${number(total.applied)} events stored, ${number(total.duplicate)} there already, in ${seconds.toFixed(1)} s`,
      );
    },
    process.env,
    options.data,
  ).catch((error: unknown) => {
    throw mendable(error);
  });
});

function mendable(error: unknown): unknown {
  if (error instanceof RangeError) return misused('seed', `${error.message}.`);
  return error instanceof SampleNotLoaded
    ? new CommandError(`${error.message}. The same command goes on.`)
    : error;
}

function commandLine() {
  const { values } = parseCommandLine('seed', {
    options: {
      residents: { type: 'string', default: '1000' },
      seed: { type: 'string', default: '1' },
      'as-of': { type: 'string', default: PERSONA_DAY },
      data: { type: 'string', default: localDataDirectory },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return null;
  const whole = (name: 'residents' | 'seed') => {
    if (/^\d{1,10}$/.test(values[name])) return Number(values[name]);
    throw misused('seed', `--${name} is a number.`);
  };
  return { residents: whole('residents'), seed: whole('seed'), asOf: values['as-of'], data: values.data };
}
