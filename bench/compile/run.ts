import { join } from 'node:path'
import { publish, versionsOf } from '../measure/report.ts'
import { spread } from '../measure/spread.ts'
import { startScript } from '../measure/start-script.ts'

/** Compiles a model of 200 cubes with 40 members each in fresh processes: time, memory, and queries against it. */
const ROUNDS = 9
const BAR_MS = 200

interface Sample {
  readonly compileMs: number
  readonly reloadMs: number
  readonly rssBytes: number
  readonly coldQueryMs: number
  readonly queryMs: number
}

const samples: Sample[] = []
for (let round = 0; round < ROUNDS; round++) {
  const script = await startScript<Sample>(join(import.meta.dirname, 'measure-once.ts'))
  samples.push(script.ready)
  await script.stop()
}
const compile = spread(samples.map((sample) => sample.compileMs))

publish({
  benchmark: 'compile',
  command: 'npm run bench:compile',
  versions: versionsOf(['typescript', 'yaml', 'kysely']),
  notes: [
    '200 cubes, one file each, 40 members, one join and two policies per cube; 50 views of two cubes with policies; a fresh process for each round',
  ],
  figures: [
    {
      name: 'files → model, first in the process',
      unit: 'ms',
      digits: 0,
      spread: compile,
      bar: `at most ${BAR_MS} ms`,
      met: compile.median <= BAR_MS,
    },
    {
      name: 'files → model, changed and loaded again',
      unit: 'ms',
      digits: 0,
      spread: spread(samples.map((sample) => sample.reloadMs)),
    },
    {
      name: 'memory of the model',
      unit: 'MiB',
      digits: 1,
      spread: spread(samples.map((sample) => sample.rssBytes / 2 ** 20)),
    },
    { name: 'first query → SQL, cold', unit: 'ms', spread: spread(samples.map((sample) => sample.coldQueryMs)) },
    {
      name: 'query → SQL, warm, two tenants on one model',
      unit: 'ms',
      digits: 3,
      spread: spread(samples.map((sample) => sample.queryMs)),
    },
  ],
})
