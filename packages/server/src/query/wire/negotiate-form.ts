import { AnalyticsError, MEDIA_TYPES, type WireFormat } from '@datainsight/core'

/** How an answer is written. */
export interface WireForm {
  readonly format: WireFormat
  /** JSON: texts that repeat as dictionaries, asked for by `dictionary=1` beside the media type. */
  readonly dictionary: boolean
  /** CSV: starts with a byte order mark, asked for by `bom=1`, which older spreadsheets need to read UTF-8. */
  readonly bom: boolean
}

interface Range {
  readonly type: string
  readonly subtype: string
  readonly quality: number
  readonly parameters: ReadonlySet<string>
}

const PLAIN_JSON: WireForm = { format: 'json', dictionary: false, bom: false }
/** In the order of our own preference. */
const FORMATS = Object.keys(MEDIA_TYPES) as readonly WireFormat[]
/** Headers remembered; programs send few different ones. */
const MAX_KNOWN = 200
const known = new Map<string, WireForm>()

/**
 * Reads an `Accept` header (RFC 9110, 12.5.1). The form with the highest `q` wins; of equal ones the one that is named rather
 * than matched by a wildcard, then the one named first. JSON when there is no header.
 * @throws AnalyticsError `not_acceptable` when no form fits.
 */
export function negotiateForm(accept: string | undefined): WireForm {
  if (accept === undefined || accept === '*/*' || accept === 'application/json') return PLAIN_JSON
  const found = known.get(accept)
  if (found !== undefined) return found
  const form = chooseForm(parseAccept(accept))
  if (known.size >= MAX_KNOWN) known.clear()
  known.set(accept, form)
  return form
}

/** Whether a header asks for dictionaries in JSON, whatever else it names: for routes that write one form only. */
export function wantsDictionaries(accept: string | undefined): boolean {
  return accept?.includes('dictionary=1') === true
}

function chooseForm(ranges: readonly Range[]): WireForm {
  if (ranges.length === 0) return PLAIN_JSON
  let best: { format: WireFormat; range: Range; specificity: number; position: number } | undefined
  for (const format of FORMATS) {
    const match = matchOf(format, ranges)
    if (match === undefined || match.range.quality === 0) continue
    const isBetter =
      best === undefined ||
      match.range.quality > best.range.quality ||
      (match.range.quality === best.range.quality &&
        (match.specificity > best.specificity ||
          (match.specificity === 2 && best.specificity === 2 && match.position < best.position)))
    if (isBetter) best = { format, ...match }
  }
  if (best === undefined) {
    throw new AnalyticsError('not_acceptable', 'Accept names no form that an answer can have', {
      hint: `the forms are ${Object.values(MEDIA_TYPES).join(', ')}`,
    })
  }
  const { parameters } = best.range
  return { format: best.format, dictionary: parameters.has('dictionary=1'), bom: parameters.has('bom=1') }
}

/** The most specific range that matches a format. It alone decides: `text/csv;q=0` excludes CSV whatever wildcards say. */
function matchOf(
  format: WireFormat,
  ranges: readonly Range[],
): { range: Range; specificity: number; position: number } | undefined {
  const [type = '', subtype = ''] = MEDIA_TYPES[format].split('/')
  let best: { range: Range; specificity: number; position: number } | undefined
  ranges.forEach((range, position) => {
    const specificity =
      range.type === type && range.subtype === subtype
        ? 2
        : range.type === type && range.subtype === '*'
          ? 1
          : range.type === '*' && range.subtype === '*'
            ? 0
            : -1
    if (specificity >= 0 && (best === undefined || specificity > best.specificity))
      best = { range, specificity, position }
  })
  return best
}

function parseAccept(accept: string): Range[] {
  return accept.split(',').flatMap((part): Range[] => {
    const [media = '', ...rest] = part.toLowerCase().split(';')
    const [type = '', subtype = ''] = media.trim().split('/')
    if (type === '') return []
    const parameters = rest.map((parameter) => parameter.replace(/\s+/g, ''))
    const weight = parameters.find((parameter) => parameter.startsWith('q='))
    const quality = weight === undefined ? 1 : Number(weight.slice(2))
    // A weight that is none counts as refusal: better a 406 than a form nobody asked for.
    return [{ type, subtype, quality: quality >= 0 && quality <= 1 ? quality : 0, parameters: new Set(parameters) }]
  })
}
