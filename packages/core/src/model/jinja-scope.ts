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

/** Names of a template, and what can be done with values. Nothing in it reaches beyond the template. */
export class JinjaScope {
  readonly #names = new Map<string, JinjaValue>()
  readonly #outer: JinjaScope | undefined

  constructor(outer?: JinjaScope) {
    this.#outer = outer
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
    return typeof value === 'object' ? JSON.stringify(plain(value)) : String(value)
  }

  compare(operator: '==' | '!=' | '<=' | '>=' | '<' | '>' | 'in', left: JinjaValue, right: JinjaValue): boolean {
    switch (operator) {
      case '==':
        return isSame(left, right)
      case '!=':
        return !isSame(left, right)
      case 'in':
        if (typeof right === 'string') return right.includes(this.text(left))
        return right instanceof Map ? right.has(this.text(left)) : this.items(right).some((item) => isSame(item, left))
      default: {
        const areNumbers = typeof left === 'number' && typeof right === 'number'
        if (!areNumbers && !(typeof left === 'string' && typeof right === 'string'))
          throw new JinjaFault(`${operator} compares two numbers or two texts`)
        const sign = left === right ? 0 : left < right ? -1 : 1
        if (operator === '<') return sign < 0
        if (operator === '>') return sign > 0
        return operator === '<=' ? sign <= 0 : sign >= 0
      }
    }
  }

  compute(operator: '+' | '-' | '~' | '*' | '/' | '//' | '%', left: JinjaValue, right: JinjaValue): JinjaValue {
    if (operator === '~') return bounded(this.text(left) + this.text(right))
    if (operator === '+' && typeof left === 'string' && typeof right === 'string') return bounded(left + right)
    if (operator === '+' && Array.isArray(left) && Array.isArray(right)) return boundedList([...left, ...right])
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
    if (Array.isArray(value)) return value
    if (value instanceof Map) return [...value.keys()]
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
    return found(value, args, this)
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
  ['even', (value) => Number(value) % 2 === 0],
  ['odd', (value) => Math.abs(Number(value) % 2) === 1],
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
    (value, [from = '', to = ''], scope) =>
      bounded(scope.text(value).replaceAll(scope.text(from), () => scope.text(to))),
  ],
  ['split', (value, [by = ' '], scope) => boundedList(scope.text(value).split(scope.text(by)))],
  [
    'join',
    (value, [by = ''], scope) =>
      bounded(
        scope
          .items(value)
          .map((item) => scope.text(item))
          .join(scope.text(by)),
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
    (value, _, scope) => [...scope.items(value)].sort((a, b) => (isSame(a, b) ? 0 : scope.compare('<', a, b) ? -1 : 1)),
  ],
  ['items', (value) => entriesOf(value).map(([key, item]) => [key, item])],
  ['keys', (value) => entriesOf(value).map(([key]) => key)],
  ['values', (value) => entriesOf(value).map(([, item]) => item)],
  ['int', (value) => Math.trunc(Number(value)) || 0],
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
      const numbers = args.map(({ value }) => Number(value))
      const [start, end, step] =
        numbers.length === 1 ? [0, numbers[0]!, 1] : [numbers[0]!, numbers[1]!, numbers[2] ?? 1]
      const count = Math.ceil((end - start) / step)
      if (!Number.isFinite(count) || count > MAX_ITEMS) throw new JinjaFault(`a range has at most ${MAX_ITEMS} numbers`)
      return Array.from({ length: Math.max(0, count) }, (_, index) => start + index * step)
    },
  ],
])

function entriesOf(value: JinjaValue): [string, JinjaValue][] {
  if (value instanceof Map) return [...value]
  throw new JinjaFault('items, keys and values are those of a dictionary')
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function bounded(text: string): string {
  if (text.length > MAX_TEXT) throw new JinjaFault(`a text has at most ${MAX_TEXT} characters`)
  return text
}

function boundedList(items: JinjaValue[]): JinjaValue[] {
  if (items.length > MAX_ITEMS) throw new JinjaFault(`a list has at most ${MAX_ITEMS} items`)
  return items
}

function isSame(left: JinjaValue, right: JinjaValue): boolean {
  if (Array.isArray(left) && Array.isArray(right))
    return left.length === right.length && left.every((item, index) => isSame(item, right[index]))
  return left === right
}

function plain(value: JinjaValue): unknown {
  if (Array.isArray(value)) return value.map(plain)
  return value instanceof Map ? Object.fromEntries([...value].map(([key, item]) => [key, plain(item)])) : value
}
