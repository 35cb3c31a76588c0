import { expect, it } from 'vitest'
import { SPARKLINE_HEIGHT, sparklinePath } from './sparkline-path.ts'

it('runs from edge to edge, highest value on top', () => {
  expect(sparklinePath([0, 10])?.line).toBe(`M0 ${SPARKLINE_HEIGHT - 2}L100 2`)
})

it('leaves a gap where nothing is known, in the line and below it', () => {
  const path = sparklinePath([1, 2, null, 2, 1])
  expect(path?.line.match(/M/g)).toHaveLength(2)
  expect(path?.area.match(/Z/g)).toHaveLength(2)
})

it('draws a flat trend through the middle', () => {
  expect(sparklinePath([5, 5, 5])?.line).toBe('M0 14L50 14L100 14')
})

it('draws nothing that is no trend', () => {
  for (const values of [[], [1], [null, 1, null]]) expect(sparklinePath(values)).toBeUndefined()
})
