export { createFormatter, type Formatter, type FormatterOptions, NO_VALUE } from './create-formatter.ts'
export type { Change } from './format-change.ts'
