import { define } from '../define-element.ts'
import { ProviderElement } from './provider-element.ts'

define('di-provider', ProviderElement)

declare global {
  interface HTMLElementTagNameMap {
    'di-provider': ProviderElement
  }
}
