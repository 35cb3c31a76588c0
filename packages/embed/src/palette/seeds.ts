import type { PaletteSeed } from './generate-palette.ts'

/** What the default themes' chart colours are generated from. */
export const PALETTE_SEEDS: Readonly<Record<'light' | 'dark', PaletteSeed>> = {
  light: { primary: '#2f5bea', surface: '#ffffff', lightness: 0.62, chroma: 0.16, rampLightness: 0.45 },
  dark: { primary: '#7aa2ff', surface: '#161b22', lightness: 0.723, chroma: 0.16, rampLightness: 0.78 },
}
