export { DateRangePanel } from './date-range-panel.ts'
export { MultiSelectPanel } from './multi-select-panel.ts'
export { panelStyles } from './panel-styles.ts'
