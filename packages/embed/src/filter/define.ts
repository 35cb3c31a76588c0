import { define } from '../define-element.ts'
import { FilterBarElement } from './filter-bar-element.ts'
import { FilterElement } from './filter-element.ts'

define('di-filter', FilterElement)
define('di-filter-bar', FilterBarElement)

declare global {
  interface HTMLElementTagNameMap {
    'di-filter': FilterElement
    'di-filter-bar': FilterBarElement
  }
}
