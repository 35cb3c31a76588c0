import { define } from '../define-element.ts'
import { MetricElement } from './metric-element.ts'

define('di-metric', MetricElement)

declare global {
  interface HTMLElementTagNameMap {
    'di-metric': MetricElement
  }
}
