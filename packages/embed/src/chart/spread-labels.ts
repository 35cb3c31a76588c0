/**
 * Moves labels that want to stand at `wanted` (centres, px) apart until each has `height` px, inside `min`…`max`, keeping
 * their order and staying as close as that allows. Returns the centres in the order given.
 */
export function spreadLabels(wanted: readonly number[], height: number, min: number, max: number): number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => wanted[a]! - wanted[b]! || a - b)
  const placed = order.map((index) => wanted[index]!)
  for (let at = 0; at < placed.length; at++) {
    const floor = at === 0 ? min + height / 2 : placed[at - 1]! + height
    placed[at] = Math.max(placed[at]!, floor)
  }
  for (let at = placed.length - 1; at >= 0; at--) {
    const ceiling = at === placed.length - 1 ? max - height / 2 : placed[at + 1]! - height
    placed[at] = Math.min(placed[at]!, ceiling)
  }
  const result = new Array<number>(wanted.length)
  order.forEach((index, at) => {
    result[index] = placed[at]!
  })
  return result
}
