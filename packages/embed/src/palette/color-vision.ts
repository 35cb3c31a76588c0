import { hexToLinear, linearToOklab, type Triple } from './oklch.ts'

/** Kinds of colour vision a palette is checked for; `normal` changes nothing. */
export const COLOR_VISIONS = ['normal', 'deuteranopia', 'protanopia'] as const
export type ColorVision = (typeof COLOR_VISIONS)[number]

/** Severity 1 on linear-light sRGB. Source: Machado, Oliveira, Fernandes, "A Physiologically-based Model…" (2009), table 1. */
const MATRICES: Record<ColorVision, readonly [Triple, Triple, Triple]> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
}

/** How different two colours look to `vision`: 100 × the distance in OKLab; about 2 is just noticeable side by side. */
export function colorDifference(first: string, second: string, vision: ColorVision = 'normal'): number {
  const [l1, a1, b1] = linearToOklab(simulate(hexToLinear(first), vision))
  const [l2, a2, b2] = linearToOklab(simulate(hexToLinear(second), vision))
  return 100 * Math.hypot(l1 - l2, a1 - a2, b1 - b2)
}

function simulate([r, g, b]: Triple, vision: ColorVision): Triple {
  const [red, green, blue] = MATRICES[vision].map((row) =>
    Math.min(1, Math.max(0, row[0] * r + row[1] * g + row[2] * b)),
  ) as [number, number, number]
  return [red, green, blue]
}
