/** Box that {@link sparklinePath} draws in. */
export const SPARKLINE_WIDTH = 100
export const SPARKLINE_HEIGHT = 28

/** Room for the stroke above the highest and below the lowest point. */
const INSET = 2

/** The line of a sparkline and the area under it, as SVG path data. */
export interface SparklinePath {
  readonly line: string
  readonly area: string
}

/** Draws values at even steps; `null` leaves a gap. Undefined with fewer than two values, which make no trend. */
export function sparklinePath(values: readonly (number | null)[]): SparklinePath | undefined {
  const known = values.filter((value) => value !== null)
  if (known.length < 2) return undefined
  const min = Math.min(...known)
  const max = Math.max(...known)
  const span = max - min
  const step = SPARKLINE_WIDTH / (values.length - 1)
  const x = (index: number) => round(index * step)
  // A flat trend runs through the middle.
  const y = (value: number) =>
    round(span === 0 ? SPARKLINE_HEIGHT / 2 : INSET + (1 - (value - min) / span) * (SPARKLINE_HEIGHT - 2 * INSET))
  let line = ''
  let area = ''
  let startOfRun: number | undefined
  const closeRun = (end: number) => {
    if (startOfRun !== undefined) area += `L${x(end)} ${SPARKLINE_HEIGHT}L${x(startOfRun)} ${SPARKLINE_HEIGHT}Z`
    startOfRun = undefined
  }
  values.forEach((value, index) => {
    if (value === null) {
      closeRun(index - 1)
      return
    }
    const command = `${startOfRun === undefined ? 'M' : 'L'}${x(index)} ${y(value)}`
    startOfRun ??= index
    line += command
    area += command
  })
  closeRun(values.length - 1)
  return { line, area }
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
