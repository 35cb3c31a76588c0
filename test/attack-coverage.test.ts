import { describe, expect, it } from 'vitest'
import { COVERED, OUTSIDE } from './attack-ids.ts'
import { sourceFiles } from './source/source-files.ts'

const TESTS = ['{packages,examples}/**/*.test.ts', 'test/organization-scope.test.ts']
const ID = /\b(?:SQL|ISO|DOS)-\d{2}\b/g

/** Ids that tests name outside comments, each with the files that do. */
const named = new Map<string, Set<string>>()
for (const { path, text } of sourceFiles(TESTS, { tests: true })) {
  // Lines of comments only: a test of injection holds `/*` in its texts.
  const code = text.replaceAll(/^\s*(?:\/\/|\/\*|\*).*$/gm, '')
  for (const [id] of code.matchAll(ID)) named.set(id, (named.get(id) ?? new Set()).add(path))
}

describe('attacks on the list', () => {
  it.each(COVERED)('%s is tried by a test that names it', (id) => {
    expect([...(named.get(id) ?? [])]).not.toEqual([])
  })

  it('are all that tests name', () => {
    expect([...named.keys()].filter((id) => !(COVERED as readonly string[]).includes(id)).sort()).toEqual([])
  })

  it('are each either covered or outside, and none is both', () => {
    const ids = [...COVERED, ...Object.keys(OUTSIDE)]
    expect(new Set(ids).size).toBe(ids.length)
  })
})
