import type { ChartPoints, Place } from './compiled-chart.ts'

/** Keys that move between marks. */
export const MOVE_KEYS: ReadonlySet<string> = new Set([
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'Home',
  'End',
])

/**
 * The place `key` leads to. Arrows along the chart's main axis pass over places without a value; arrows across go to the
 * neighbouring series there. Home and End are the first and last value of the series. `undefined` when there is nothing
 * in that direction, or no mark at all.
 */
export function movePlace(points: ChartPoints, from: Place | undefined, key: string): Place | undefined {
  if (!from) {
    const [position, way] = key === 'End' ? ([points.positions - 1, -1] as const) : ([0, 1] as const)
    return firstFrom(points, { position, series: 0 }, way) ?? anyPlace(points)
  }
  if (key === 'Home') return firstFrom(points, { ...from, position: 0 }, 1)
  if (key === 'End') return firstFrom(points, { ...from, position: points.positions - 1 }, -1)
  const along = points.vertical ? ['ArrowUp', 'ArrowDown'] : ['ArrowLeft', 'ArrowRight']
  const step = along.indexOf(key)
  if (step >= 0) {
    const way = step === 0 ? -1 : 1
    return firstFrom(points, { ...from, position: from.position + way }, way)
  }
  const way = key === 'ArrowUp' || key === 'ArrowLeft' ? -1 : 1
  for (let series = from.series + way; series >= 0 && series < points.series; series += way) {
    const place = { ...from, series }
    if (points.mark(place)) return place
  }
  return undefined
}

function firstFrom(points: ChartPoints, start: Place, way: 1 | -1): Place | undefined {
  for (let position = start.position; position >= 0 && position < points.positions; position += way) {
    const place = { ...start, position }
    if (points.mark(place)) return place
  }
  return undefined
}

/** A mark of any series, for charts whose first series is empty. */
function anyPlace(points: ChartPoints): Place | undefined {
  for (let series = 1; series < points.series; series++) {
    const place = firstFrom(points, { position: 0, series }, 1)
    if (place) return place
  }
  return undefined
}
