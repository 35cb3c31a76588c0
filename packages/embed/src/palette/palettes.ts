import type { Palette } from './generate-palette.ts'

/**
 * The default themes' chart colours: `generatePalette` of each seed, written out so that pages do not compute them.
 * They are the defaults of `--di-chart-1` … `--di-chart-12`, `--di-chart-sequential-*` and `--di-chart-diverging-*`.
 */
export const PALETTES: Readonly<Record<'light' | 'dark', Palette>> = {
  light: {
    categorical: [
      '#2f5bea',
      '#c96900',
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
    diverging: ['#824100', '#ebedef', '#2d4da7'],
  },
  dark: {
    categorical: [
      '#7aa2ff',
      '#ef872d',
      '#00bfb0',
      '#fa7777',
      '#b98af8',
      '#77bb4c',
      '#da7ed8',
      '#26c37e',
      '#00b3f7',
      '#d09c00',
      '#ee77b4',
      '#a9ae00',
    ],
    sequential: ['#222835', '#95b6ff'],
    diverging: ['#ff9b4e', '#27282a', '#95b6ff'],
  },
}
