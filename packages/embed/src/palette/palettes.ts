import type { Palette } from './generate-palette.ts'

/**
 * The default themes' chart colours: `generatePalette` of each seed, written out so that pages do not compute them.
 * They are the defaults of `--di-chart-1` … `--di-chart-12`, `--di-chart-sequential-*` and `--di-chart-diverging-*`.
 */
export const PALETTES: Readonly<Record<'light' | 'dark', Palette>> = {
  light: {
    categorical: [
      '#2f5bea',
      '#ce6400',
      '#009b8f',
      '#d55759',
      '#996bd5',
      '#589a28',
      '#b85eb6',
      '#009f63',
      '#0091ca',
      '#a97f00',
      '#ca5794',
      '#898d00',
    ],
    sequential: ['#e5edfe', '#2044c2'],
    diverging: ['#863e00', '#ebedef', '#2d4da7'],
  },
  dark: {
    categorical: [
      '#7aa2ff',
      '#e98a4b',
      '#00bfb0',
      '#f17f7d',
      '#b68fee',
      '#7eb95b',
      '#d484d2',
      '#46c083',
      '#30b2f0',
      '#cd9d21',
      '#e67eb2',
      '#a8ae35',
    ],
    sequential: ['#222835', '#95b6ff'],
    diverging: ['#ff9b5a', '#27282a', '#95b6ff'],
  },
}
