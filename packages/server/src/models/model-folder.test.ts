import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AnalyticsError } from '@datainsight/core'
import { findMember } from '@datainsight/core/model'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ModelFolder, openModelFolder } from './model-folder.ts'

const GOOD = 'cubes:\n  - name: flights\n    sql_table: flights\n    measures:\n      - { name: count, type: count }\n'
const MORE = `${GOOD}      - { name: miles, type: sum, sql: "{CUBE}.distance" }\n`
const BAD =
  'cubes:\n  - name: flights\n    sql_table: flights\n    measures:\n      - { name: count, type: tally }\n      - { nome: x }\n'

let folder: string
let store: ModelFolder | undefined
const write = (name: string, text: string) => writeFileSync(join(folder, name), text)

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'datainsight-model-'))
})
afterEach(() => {
  store?.close()
  rmSync(folder, { recursive: true })
})

describe('openModelFolder', () => {
  it('reads all files below the folder, but hidden ones and others', async () => {
    write('flights.yml', GOOD)
    mkdirSync(join(folder, 'more'))
    write('more/airports.yaml', GOOD.replaceAll('flights', 'airports'))
    write('.draft.yml', BAD)
    write('README.md', 'words')
    store = await openModelFolder({ directory: folder })
    expect([...store.model().cubes.keys()].sort()).toEqual(['airports', 'flights'])
  })

  it('does not start with a bad model, and names every problem with its file', async () => {
    write('flights.yml', BAD)
    const fault = await openModelFolder({ directory: folder }).catch((error: AnalyticsError) => error)
    expect(fault).toMatchObject({ code: 'model_invalid' })
    const { problems } = fault as AnalyticsError
    expect(problems.length).toBeGreaterThan(1)
    expect(problems.every(({ path }) => path.startsWith('flights.yml'))).toBe(true)
  })

  it('says which folder is missing', async () => {
    await expect(openModelFolder({ directory: join(folder, 'gone') })).rejects.toMatchObject({
      code: 'model_invalid',
      message: `the model folder cannot be read: ${join(folder, 'gone')}`,
    })
  })

  it('keeps the last good model when a change is bad', async () => {
    write('flights.yml', GOOD)
    const rejected: AnalyticsError[] = []
    store = await openModelFolder({
      directory: folder,
      log: { loaded: () => undefined, rejected: (error) => rejected.push(error) },
    })
    const before = store.model()
    write('flights.yml', BAD)
    await expect(store.reload()).rejects.toMatchObject({ code: 'model_invalid' })
    expect(store.model()).toBe(before)
    expect(rejected).toHaveLength(1)
    write('flights.yml', MORE)
    expect((await store.reload()).id).not.toBe(before.id)
    expect(findMember(store.model(), 'flights.miles')).toBeDefined()
  })

  it('follows the files while it watches them', async () => {
    write('flights.yml', GOOD)
    store = await openModelFolder({ directory: folder, watch: true })
    const { model } = store
    write('flights.yml', BAD)
    write('flights.yml', MORE)
    await expect.poll(() => findMember(model(), 'flights.miles')).toBeDefined()
  })
})
