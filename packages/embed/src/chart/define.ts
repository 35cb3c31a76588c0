import { define } from '../define-element.ts'
import { ChartElement } from './chart-element.ts'

define('di-chart', ChartElement)

declare global {
  interface HTMLElementTagNameMap {
    'di-chart': ChartElement
  }
}
