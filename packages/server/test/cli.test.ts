import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'
import { runCommand } from '../src/cli/run-command.ts'
import { readModelFiles } from '../src/models/read-model-files.ts'

const MODEL = join(import.meta.dirname, 'fixtures/model')
const folder = mkdtempSync(join(tmpdir(), 'datainsight-cli-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function run(command: string, args: readonly string[] = [], env: Record<string, string> = {}) {
  let [out, err] = ['', '']
  const code = await runCommand(command, args, {
    env,
    readModelFiles,
    print: (text) => {
      out += text
    },
    complain: (text) => {
      err += text
    },
  })
  return { code, out, err }
}

describe('the command line', () => {
  it('types names the members of the model, so that a misspelt one is a type error', async () => {
    const file = join(folder, 'members.ts')
    expect(await run('types', ['--model', MODEL, '--out', file])).toEqual({ code: 0, out: '', err: '' })
    expect(readFileSync(file, 'utf8')).toContain("'orders.revenue'")
    expect((await run('types', ['--out', file, '--check'], { DATAINSIGHT_MODEL_DIR: MODEL })).code).toBe(0)
    writeFileSync(file, 'old')
    const stale = await run('types', ['--model', MODEL, '--out', file, '--check'])
    expect(stale).toMatchObject({ code: 1, err: expect.stringContaining('is not up to date') })
    expect(readFileSync(file, 'utf8')).toBe('old')
  })

  it('the types compile, and refuse a member that is not there', async () => {
    const file = join(folder, 'members.ts')
    await run('types', ['--model', MODEL, '--out', file])
    const use = (member: string) =>
      `import type { MeasureName } from './members.ts'\nexport const used: MeasureName = '${member}'\n`
    writeFileSync(join(folder, 'right.ts'), use('orders.revenue'))
    writeFileSync(join(folder, 'wrong.ts'), use('orders.revenu'))
    const tsc = join(import.meta.dirname, '../../../node_modules/.bin/tsc')
    const check = (name: string) =>
      promisify(execFile)(tsc, [
        '--ignoreConfig',
        '--noEmit',
        '--strict',
        '--allowImportingTsExtensions',
        '--module',
        'nodenext',
        join(folder, name),
      ])
    await expect(check('right.ts')).resolves.toBeDefined()
    await expect(check('wrong.ts')).rejects.toMatchObject({ stdout: expect.stringContaining('orders.revenu') })
  })

  it('validate lists every problem with its place', async () => {
    expect(await run('validate', ['--model', MODEL])).toMatchObject({
      code: 0,
      out: 'the model is valid: 1 cube, 0 views\n',
    })
    writeFileSync(join(folder, 'bad.yml'), 'cubes:\n  - name: a\n    sql_tabel: a\n')
    const bad = await run('validate', ['--model', folder])
    expect(bad.code).toBe(1)
    expect(bad.err).toMatch(/bad\.yml:3:\d+ cubes\[0\]\.sql_tabel/)
    rmSync(join(folder, 'bad.yml'))
  })

  it('schema is JSON for editors', async () => {
    const { out } = await run('schema')
    expect(JSON.parse(out)).toMatchObject({ type: 'object', properties: { cubes: {}, views: {} } })
  })

  it.each([
    ['tpyes', [], 'unknown command: tpyes'],
    ['__proto__', [], 'unknown command: __proto__'],
    ['types', ['--modle', 'x'], "'--modle'"],
    ['types', [], 'name the folder of the model'],
    ['types', ['--model', MODEL, '--check'], '--check needs --out'],
  ])('%s %j is refused with a reason', async (command, args, reason) => {
    expect(await run(command, args)).toMatchObject({ code: 2, err: expect.stringContaining(reason) })
  })

  it('a folder without a model is said', async () => {
    const gone = join(folder, 'gone')
    expect(await run('validate', ['--model', gone])).toMatchObject({ code: 1, err: expect.stringContaining(gone) })
  })
})
