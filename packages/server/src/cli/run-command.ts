import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { AnalyticsError } from '@datainsight/core'
import { type Model, type ModelText, memberTypes, modelJsonSchema, parseModel } from '@datainsight/core/model'

/** What a command works with besides its arguments. */
export interface CommandSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  /** The model files below a folder. */
  readonly readModelFiles: (directory: string) => Promise<readonly ModelText[]>
  readonly print: (text: string) => void
  readonly complain: (text: string) => void
}

const HELP = `datainsight <command>

  start                          run the server (the default); settings come from the environment
  types    [--model DIR] [--out FILE] [--check]
                                 write the members of the model as TypeScript types
  validate [--model DIR]         check the model and list every problem
  schema   [--out FILE] [--check]
                                 write the JSON Schema of model files, for editors

  --model DIR   folder of the model; DATAINSIGHT_MODEL_DIR when absent
  --out FILE    where to write; standard output when absent
  --check       write nothing; fail when FILE is not up to date
`

const OPTIONS = {
  model: { type: 'string' },
  out: { type: 'string' },
  check: { type: 'boolean', default: false },
} as const

/** Options that each command takes. */
const COMMANDS: Readonly<Record<string, readonly (keyof typeof OPTIONS)[]>> = {
  types: ['model', 'out', 'check'],
  validate: ['model'],
  schema: ['out', 'check'],
}

/**
 * Runs a command of the command line other than `start`.
 * @returns the exit code: 0 when it did what was asked, 1 when the model has problems or a file is out of date, 2 when the command
 * line makes no sense.
 */
export async function runCommand(
  command: string,
  args: readonly string[],
  { env, readModelFiles, print, complain }: CommandSurroundings,
): Promise<number> {
  if (command === 'help' || command === '--help' || command === '-h') {
    print(HELP)
    return 0
  }
  const allowed = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined
  if (allowed === undefined) {
    complain(`unknown command: ${command}\n\n${HELP}`)
    return 2
  }
  let values: { model?: string | undefined; out?: string | undefined; check?: boolean }
  try {
    const options = Object.fromEntries(allowed.map((name) => [name, OPTIONS[name]]))
    values = parseArgs({ args: [...args], options, allowPositionals: false }).values
  } catch (error) {
    complain(`${(error as Error).message}\n\n${HELP}`)
    return 2
  }
  if (values.check === true && values.out === undefined) {
    complain('--check needs --out, the file to compare with\n')
    return 2
  }

  try {
    if (command === 'schema') return write(`${JSON.stringify(modelJsonSchema(), null, 2)}\n`)
    const directory = values.model ?? env.DATAINSIGHT_MODEL_DIR
    if (directory === undefined || directory === '') {
      complain('name the folder of the model: --model DIR, or set DATAINSIGHT_MODEL_DIR\n')
      return 2
    }
    const model = await readModel(directory, readModelFiles)
    if (command === 'types') return write(memberTypes(model))
    print(`the model is valid: ${count(model.cubes.size, 'cube')}, ${count(model.views.size, 'view')}\n`)
    return 0
  } catch (error) {
    if (!(error instanceof AnalyticsError)) throw error
    const list = error.problems.map(({ path, message }) => `  ${path} ${message}\n`).join('')
    complain(`${error.message}\n${list}`)
    return 1
  }

  function write(text: string): number {
    if (values.out === undefined) print(text)
    else if (values.check !== true) writeFileSync(values.out, text)
    else if (readIfThere(values.out) !== text) {
      complain(`${values.out} is not up to date; run: datainsight ${command} --out ${values.out}\n`)
      return 1
    }
    return 0
  }
}

async function readModel(directory: string, readModelFiles: CommandSurroundings['readModelFiles']): Promise<Model> {
  let files: readonly ModelText[]
  try {
    files = await readModelFiles(directory)
  } catch (error) {
    throw new AnalyticsError('model_invalid', `the model folder cannot be read: ${directory}`, { cause: error })
  }
  if (files.length === 0) throw new AnalyticsError('model_invalid', `there are no model files in ${directory}`)
  return parseModel(files)
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
