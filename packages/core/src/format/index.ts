export { americanEnglish } from './american-english.ts'
export { createFormatter, type Formatter, type FormatterOptions, NO_VALUE } from './create-formatter.ts'
export type { Change } from './format-change.ts'
export type { DateText, FormatShortcuts } from './intl-cache.ts'
