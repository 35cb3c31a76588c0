import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parse, parseDocument, stringify } from 'yaml'
import { NOT_PLAIN, readPlainYaml } from './read-plain-yaml.ts'

/** Whatever the quick reader answers, the full one must answer too. Returns whether it answered. */
function agrees(text: string): boolean {
  const plain = readPlainYaml(text)
  if (plain === NOT_PLAIN) return false
  const document = parseDocument(text)
  expect(document.errors).toEqual([])
  expect(plain).toEqual(document.toJS())
  return true
}

it.each([
  'cubes:\n  - name: a\n    sql_table: b\n',
  'cubes:\n- name: a\n  x: 1\n- name: b\n',
  'a: { b: "c, d: e", f: [1, 2.5, -3, true, null, x y] }',
  'a:\n  - - 1\n    - 2\n  - b: 1\n    c:\n      - d\n',
  'a: \'it\'\'s\'\nb: "x \\"y\\" \\n"\n# comment\nc: d # e\nf: g#h\n',
  'a:\nb:\n  -\n  - x\n',
  'sql: "{CUBE}.x = \'a\'" # why',
  'a: {}\nb: []\n',
  'a: {b: c,}\nd: [x , y]',
  'sql: {CUBE}.x',
  'é: 1',
  'a: x - y\nb: -x\nc: 2026-01-01',
])('reads as the full reader does: %j', (text) => {
  agrees(text)
})

it('leaves to the full reader what it does not know for sure', () => {
  const texts = [
    'a: &x 1',
    'a: *x',
    'a: |\n  x',
    'a: x\n  y',
    'a: 0x1F',
    'a: +1',
    'a: 01',
    'a: ~',
    'a: True',
    'a: !!str x',
    '--- a',
    'a: b: c',
    'a: 1\na: 2',
    '\ta: 1',
    'a: "\\x41"',
    'a: @x',
    '? a',
    'a: [x',
    'a: {__proto__: 1}',
    '{a: 1}\n',
    '',
    'text',
  ]
  for (const text of texts) expect([text, readPlainYaml(text)]).toEqual([text, NOT_PLAIN])
})

it('reads most of what a serialiser writes, and always the same', () => {
  const word = fc.stringMatching(/^[a-z_]{1,8}$/)
  const scalar = fc.oneof(
    word,
    fc.integer(),
    fc.boolean(),
    fc.string(),
    fc.constantFrom('{CUBE}.x', "a = 'b'", 'x: y', '- x', 'null', '1e3', ' x', '#', 'é "q"', ''),
  )
  const value = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'medium' },
      scalar,
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(word, tie('value'), { maxKeys: 4 }),
    ),
  })).value
  let read = 0
  fc.assert(
    fc.property(fc.dictionary(word, value, { minKeys: 1, maxKeys: 4 }), fc.boolean(), (written, isFlow) => {
      const text = stringify(written, { lineWidth: 0, ...(isFlow && { collectionStyle: 'flow' }) })
      if (agrees(text)) read += 1
    }),
    { numRuns: 1_000 },
  )
  expect(read).toBeGreaterThan(150)
})

it('reads nothing else than the full reader from any text', () => {
  const piece = fc.constantFrom(
    'a',
    'b: ',
    '- ',
    '\n',
    '  ',
    ' ',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    "'",
    '#',
    'x',
    '1',
    '-',
    '.',
    '~',
    '\\',
    'null',
    '&',
    '*',
    '|',
    'name: x\n',
    '- name: x\n',
    '    ',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => void agrees(pieces.join(''))),
    { numRuns: 20_000 },
  )
  expect(parse('a: 1')).toEqual(readPlainYaml('a: 1'))
})
