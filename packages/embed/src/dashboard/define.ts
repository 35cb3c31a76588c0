import { define } from '../define-element.ts'
import '../filter/define.ts'
import { DashboardElement } from './dashboard-element.ts'

define('di-dashboard', DashboardElement)

declare global {
  interface HTMLElementTagNameMap {
    'di-dashboard': DashboardElement
  }
}
