import { estimateWidth, type TextMeasure } from './text-width.ts'

/** Most widths remembered; a page of charts needs some hundreds. */
const MAX_REMEMBERED = 5_000

const meters = new Map<string, TextMeasure>()
let pen: CanvasRenderingContext2D | null | undefined

/** Measures texts in `fontFamily` as a canvas will paint them; an estimate where there is no canvas. */
export function textMeter(fontFamily: string): TextMeasure {
  pen ??= document.createElement('canvas').getContext('2d')
  const canvas = pen
  if (!canvas) return estimateWidth
  let meter = meters.get(fontFamily)
  if (!meter) {
    const widths = new Map<string, number>()
    meter = (text, fontSize, weight = 400) => {
      const key = `${weight} ${fontSize} ${text}`
      let width = widths.get(key)
      if (width === undefined) {
        canvas.font = `${weight} ${fontSize}px ${fontFamily}`
        width = canvas.measureText(text).width
        if (widths.size >= MAX_REMEMBERED) widths.clear()
        widths.set(key, width)
      }
      return width
    }
    meters.set(fontFamily, meter)
  }
  return meter
}
