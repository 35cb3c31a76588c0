import { define } from '../define-element.ts'
import { TableElement } from './table-element.ts'

define('di-table', TableElement)

declare global {
  interface HTMLElementTagNameMap {
    'di-table': TableElement
  }
}
