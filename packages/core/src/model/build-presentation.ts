import type { DimensionSource, DimensionType } from '../schema/dimension.ts'
import type { MeasureSource } from '../schema/measure.ts'
import { VALUE_FORMATS, type ValueFormat } from '../schema/result.ts'
import type { Report } from './build-context.ts'
import type { Presentation } from './model.ts'
import type { Keys } from './model-problems.ts'
import { didYouMean } from './nearest-name.ts'

/** How a member's values are shown. `formatPattern` is a pattern outside our closed list of formats, kept for clients. */
export interface BuiltPresentation {
  readonly presentation: Presentation
  readonly formatPattern?: string
}

type PresentationSource = Pick<DimensionSource | MeasureSource, 'format' | 'currency' | 'unit' | 'fraction_digits'>

const NUMBER_PATTERN = /^(number|percent|currency|abbr|accounting|decimal)_(\d)$/
/** d3-format's grammar: [[fill]align][sign][symbol][0][width][,][.precision][~][type]. */
const D3_PATTERN = /^(?:.?[<>=^])?[-+( ]?[$#]?0?\d{0,3},?(?:\.\d{1,2})?~?[a-zA-Z%]?$/
const FORMATS: ReadonlySet<string> = new Set(VALUE_FORMATS)
/** Formats that clients know and we show as plain numbers. */
const PLAIN_WORDS: ReadonlySet<string> = new Set(['abbr', 'accounting', 'decimal'])

/** Reads `format`, `currency`, `unit` and `fraction_digits`. A member of type `currency` is shown as one. */
export function buildPresentation(
  source: PresentationSource,
  type: DimensionType | undefined,
  keys: Keys,
  report: Report,
): BuiltPresentation {
  // Most members say nothing of how they are shown.
  if (
    source.format === undefined &&
    source.currency === undefined &&
    source.unit === undefined &&
    source.fraction_digits === undefined &&
    type !== 'currency'
  )
    return PLAIN
  const format = readFormat(source.format, type, (message) => report([...keys, 'format'], message))
  const shown = format.format ?? (type === 'currency' ? 'currency' : undefined)
  if (source.currency !== undefined && shown !== 'currency')
    report([...keys, 'currency'], 'currency needs format: currency')
  const digits = source.fraction_digits ?? format.digits
  return {
    presentation: Object.freeze({
      ...(shown !== undefined && { format: shown }),
      ...(source.currency !== undefined && { currency: source.currency.toUpperCase() }),
      ...(source.unit !== undefined && { unit: source.unit }),
      ...(digits !== undefined && { fractionDigits: digits }),
    }),
    ...(format.pattern !== undefined && { formatPattern: format.pattern }),
  }
}

const PLAIN: BuiltPresentation = Object.freeze({ presentation: Object.freeze({}) })

interface ReadFormat {
  readonly format?: ValueFormat
  readonly digits?: number
  readonly pattern?: string
}

function readFormat(
  written: PresentationSource['format'],
  type: DimensionType | undefined,
  report: (message: string) => void,
): ReadFormat {
  if (written === undefined) return {}
  if (typeof written === 'object') return { format: 'link' }
  if (FORMATS.has(written)) return { format: written as ValueFormat }
  if (written === 'imageUrl') return { format: 'image_url' }
  if (written.includes('%') && (type === 'time' || type === undefined)) return { pattern: written }
  const number = NUMBER_PATTERN.exec(written)
  if (number !== null) {
    const [, word, digits] = number
    return {
      ...(FORMATS.has(word!) && { format: word as ValueFormat }),
      digits: Number(digits),
      pattern: written,
    }
  }
  if (PLAIN_WORDS.has(written) || D3_PATTERN.test(written)) return { pattern: written }
  report(
    `unknown format: ${JSON.stringify(written)}${didYouMean(written, [...VALUE_FORMATS, 'imageUrl'])}; use one of ${VALUE_FORMATS.join(', ')}, imageUrl, or for a time a pattern such as %Y-%m-%d`,
  )
  return {}
}
