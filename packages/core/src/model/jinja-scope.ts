/** A value of a template. Maps are its dictionaries, functions its macros; `undefined` is a name that nothing was set to. */
export type JinjaValue =
  | null
  | undefined
  | boolean
  | number
  | string
  | JinjaValue[]
  | Map<string, JinjaValue>
  | JinjaFunction
export type JinjaFunction = (args: readonly JinjaArgument[]) => JinjaValue

export interface JinjaArgument {
  readonly name: string | undefined
  readonly value: JinjaValue
}

/** A fault of a template's author. */
export class JinjaFault extends Error {}

/** What Cube's templates know of who asks. */
const CALLER: ReadonlySet<string> = new Set([
  'COMPILE_CONTEXT',
  'SECURITY_CONTEXT',
  'securityContext',
  'security_context',
])
/** Most items of a list that a template makes. */
const MAX_ITEMS = 10_000
/** Longest text that a template makes at once, in characters. */
const MAX_TEXT = 1_000_000

/** Most steps of one file's templates. */
const MAX_STEPS = 200_000
/** What an operation of an expression, an item of a list or ten characters of a text take of a step. */
const SMALL_STEP = 0.1
const CHARACTER_STEP = SMALL_STEP / 10

/** Names of a template, and what can be done with values. Nothing in it reaches beyond the template. */
export class JinjaScope {
  readonly #names = new Map<string, JinjaValue>()
  readonly #outer: JinjaScope | undefined
  /** Shared by all scopes of a file. */
  readonly #taken: { steps: number }

  constructor(outer?: JinjaScope) {
    this.#outer = outer
    this.#taken = outer === undefined ? { steps: 0 } : outer.#taken
  }

  /**
   * Notes work, before it is done: what a short file can make is long, and time and memory go with it. A part of a template done, or
   * a turn of a loop, is a step.
   */
  step(steps = 1): void {
    this.#taken.steps += steps
    if (this.#taken.steps > MAX_STEPS) throw new JinjaFault(`templates take more than ${MAX_STEPS} steps`)
  }

  /** Notes an operation, and the items and characters it goes through. */
  work(items: number, characters = 0): void {
    this.step(items * SMALL_STEP + characters * CHARACTER_STEP)
  }

  set(name: string, value: JinjaValue): void {
    this.#names.set(name, value)
  }

  get(name: string): JinjaValue {
    if (this.#names.has(name)) return this.#names.get(name)
    if (this.#outer !== undefined) return this.#outer.get(name)
    if (CALLER.has(name)) throw new JinjaFault(`${name} is not there: one model serves all callers; use access_policy`)
    return BUILT_IN.get(name)
  }

  isTrue(value: JinjaValue): boolean {
    if (Array.isArray(value)) return value.length > 0
    return value instanceof Map ? value.size > 0 : Boolean(value)
  }

  either(left: JinjaValue, right: () => JinjaValue): JinjaValue {
    return this.isTrue(left) ? left : right()
  }

  both(left: JinjaValue, right: () => JinjaValue): JinjaValue {
    return this.isTrue(left) ? right() : left
  }

  /** As it is written into the file. */
  text(value: JinjaValue): string {
    if (value === undefined) throw new JinjaFault('a value is not defined')
    if (typeof value === 'function') throw new JinjaFault('a macro is no value; call it')
    if (value === null) return 'None'
    if (typeof value === 'boolean') return value ? 'True' : 'False'
    return typeof value === 'object' ? this.#made(JSON.stringify(this.#plain(value))) : String(value)
  }

  compare(operator: '==' | '!=' | '<=' | '>=' | '<' | '>' | 'in', left: JinjaValue, right: JinjaValue): boolean {
    switch (operator) {
      case '==':
        return this.isSame(left, right)
      case '!=':
        return !this.isSame(left, right)
      case 'in':
        if (typeof right === 'string') {
          this.work(1, right.length)
          return right.includes(this.text(left))
        }
        return right instanceof Map
          ? right.has(this.text(left))
          : this.items(right).some((item) => this.isSame(item, left))
      default: {
        const areNumbers = typeof left === 'number' && typeof right === 'number'
        if (!areNumbers && !(typeof left === 'string' && typeof right === 'string'))
          throw new JinjaFault(`${operator} compares two numbers or two texts`)
        if (typeof left === 'string') this.work(1, left.length)
        const sign = left === right ? 0 : left < right ? -1 : 1
        if (operator === '<') return sign < 0
        if (operator === '>') return sign > 0
        return operator === '<=' ? sign <= 0 : sign >= 0
      }
    }
  }

  compute(operator: '+' | '-' | '~' | '*' | '/' | '//' | '%', left: JinjaValue, right: JinjaValue): JinjaValue {
    if (operator === '~') return this.#made(this.text(left) + this.text(right))
    if (operator === '+' && typeof left === 'string' && typeof right === 'string') return this.#made(left + right)
    if (operator === '+' && Array.isArray(left) && Array.isArray(right)) return this.list([...left, ...right])
    if (typeof left !== 'number' || typeof right !== 'number') throw new JinjaFault(`${operator} takes two numbers`)
    switch (operator) {
      case '+':
        return left + right
      case '-':
        return left - right
      case '*':
        return left * right
      case '/':
        return left / right
      case '//':
        return Math.floor(left / right)
      case '%':
        return left - right * Math.floor(left / right)
    }
  }

  attribute(of: JinjaValue, key: JinjaValue): JinjaValue {
    if (of === undefined) throw new JinjaFault(`${JSON.stringify(key)} is read of a value that is not defined`)
    if (Array.isArray(of) && typeof key === 'number') return of.at(key)
    if (of instanceof Map && typeof key === 'string' && of.has(key)) return of.get(key)
    if (typeof key === 'string' && METHODS.has(key) && (of instanceof Map || typeof of === 'string'))
      return (args) =>
        this.filter(
          key,
          of,
          args.map(({ value }) => value),
        )
    return undefined
  }

  call(called: JinjaValue, args: readonly JinjaArgument[]): JinjaValue {
    if (typeof called !== 'function')
      throw new JinjaFault('what is called is no macro of this file: there is no Python here, and nothing to import')
    return called(args)
  }

  /** What a loop goes over: of a dictionary its keys. */
  items(value: JinjaValue): readonly JinjaValue[] {
    if (Array.isArray(value) || value instanceof Map) {
      const items = Array.isArray(value) ? value : [...value.keys()]
      this.work(items.length)
      return items
    }
    throw new JinjaFault(value === undefined ? 'a loop over a value that is not defined' : 'a loop goes over a list')
  }

  test(name: string, value: JinjaValue): boolean {
    const found = TESTS.get(name)
    if (found === undefined) throw new JinjaFault(`unknown test: ${name}`)
    return found(value)
  }

  filter(name: string, value: JinjaValue, args: readonly JinjaValue[]): JinjaValue {
    const found = FILTERS.get(name)
    if (found === undefined) throw new JinjaFault(`unknown filter: ${name}`)
    if (typeof value === 'string') this.work(1, value.length)
    return found(value, args, this)
  }

  isSame(left: JinjaValue, right: JinjaValue): boolean {
    this.work(1, typeof left === 'string' && typeof right === 'string' ? Math.min(left.length, right.length) : 0)
    if (Array.isArray(left) && Array.isArray(right))
      return left.length === right.length && left.every((item, index) => this.isSame(item, right[index]))
    return left === right
  }

  /** Texts with another between them. */
  join(texts: readonly string[], by: string): string {
    this.#hasRoom(texts.reduce((sum, text) => sum + text.length, by.length * Math.max(0, texts.length - 1)))
    return texts.join(by)
  }

  list(items: JinjaValue[]): JinjaValue[] {
    if (items.length > MAX_ITEMS) throw new JinjaFault(`a list has at most ${MAX_ITEMS} items`)
    this.work(items.length)
    return items
  }

  #made(text: string): string {
    this.#hasRoom(text.length)
    return text
  }

  #hasRoom(length: number): void {
    if (length > MAX_TEXT) throw new JinjaFault(`a text has at most ${MAX_TEXT} characters`)
    this.work(1, length)
  }

  #plain(value: JinjaValue): unknown {
    this.work(1, typeof value === 'string' ? value.length : 0)
    if (Array.isArray(value)) return value.map((item) => this.#plain(item))
    return value instanceof Map ? Object.fromEntries([...value].map(([key, item]) => [key, this.#plain(item)])) : value
  }
}

const TESTS: ReadonlyMap<string, (value: JinjaValue) => boolean> = new Map<string, (value: JinjaValue) => boolean>([
  ['defined', (value) => value !== undefined],
  ['undefined', (value) => value === undefined],
  ['none', (value) => value === null],
  ['string', (value) => typeof value === 'string'],
  ['number', (value) => typeof value === 'number'],
  ['boolean', (value) => typeof value === 'boolean'],
  ['mapping', (value) => value instanceof Map],
  ['iterable', (value) => Array.isArray(value) || value instanceof Map],
  ['even', (value) => toNumber(value) % 2 === 0],
  ['odd', (value) => Math.abs(toNumber(value) % 2) === 1],
])

type Filter = (value: JinjaValue, args: readonly JinjaValue[], scope: JinjaScope) => JinjaValue

const lengthOf: Filter = (value, _, scope) => (typeof value === 'string' ? value.length : scope.items(value).length)
const orDefault: Filter = (value, [other = '']) => (value === undefined ? other : value)
const asItWas: Filter = (value) => value

const FILTERS: ReadonlyMap<string, Filter> = new Map<string, Filter>([
  ['safe', asItWas],
  ['string', (value, _, scope) => scope.text(value)],
  ['upper', (value, _, scope) => scope.text(value).toUpperCase()],
  ['lower', (value, _, scope) => scope.text(value).toLowerCase()],
  ['capitalize', (value, _, scope) => capital(scope.text(value).toLowerCase())],
  ['title', (value, _, scope) => scope.text(value).toLowerCase().split(' ').map(capital).join(' ')],
  ['trim', (value, _, scope) => scope.text(value).trim()],
  ['strip', (value, _, scope) => scope.text(value).trim()],
  [
    'replace',
    (value, [from = '', to = ''], scope) => {
      const sought = scope.text(from)
      if (sought === '') throw new JinjaFault('replace needs a text to look for')
      return scope.join(scope.text(value).split(sought), scope.text(to))
    },
  ],
  ['split', (value, [by = ' '], scope) => scope.list(scope.text(value).split(scope.text(by)))],
  [
    'join',
    (value, [by = ''], scope) =>
      scope.join(
        scope.items(value).map((item) => scope.text(item)),
        scope.text(by),
      ),
  ],
  ['length', lengthOf],
  ['count', lengthOf],
  ['first', (value, _, scope) => scope.items(value)[0]],
  ['last', (value, _, scope) => scope.items(value).at(-1)],
  ['list', (value, _, scope) => [...scope.items(value)]],
  ['unique', (value, _, scope) => [...new Set(scope.items(value))]],
  [
    'sort',
    (value, _, scope) =>
      [...scope.items(value)].sort((a, b) => (scope.isSame(a, b) ? 0 : scope.compare('<', a, b) ? -1 : 1)),
  ],
  ['items', (value) => entriesOf(value).map(([key, item]) => [key, item])],
  ['keys', (value) => entriesOf(value).map(([key]) => key)],
  ['values', (value) => entriesOf(value).map(([, item]) => item)],
  ['int', (value) => Math.trunc(toNumber(value)) || 0],
  ['default', orDefault],
  ['d', orDefault],
])

/** Filters that can be called like methods: `columns.items()`, `name.upper()`. */
const METHODS: ReadonlySet<string> = new Set([
  'items',
  'keys',
  'values',
  'upper',
  'lower',
  'capitalize',
  'title',
  'strip',
  'replace',
  'split',
])

const BUILT_IN: ReadonlyMap<string, JinjaValue> = new Map<string, JinjaValue>([
  [
    'range',
    (args) => {
      const numbers = args.map(({ value }) => toNumber(value))
      const [start, end, step] =
        numbers.length === 1 ? [0, numbers[0]!, 1] : [numbers[0]!, numbers[1]!, numbers[2] ?? 1]
      const count = Math.ceil((end - start) / step)
      if (!Number.isFinite(count) || count > MAX_ITEMS) throw new JinjaFault(`a range has at most ${MAX_ITEMS} numbers`)
      return Array.from({ length: Math.max(0, count) }, (_, index) => start + index * step)
    },
  ],
])

/** Of a text the number it says. Lists are none, and are never made a text: one may hold another many times over. */
function toNumber(value: JinjaValue): number {
  return typeof value === 'object' && value !== null ? Number.NaN : Number(value)
}

function entriesOf(value: JinjaValue): [string, JinjaValue][] {
  if (value instanceof Map) return [...value]
  throw new JinjaFault('items, keys and values are those of a dictionary')
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
