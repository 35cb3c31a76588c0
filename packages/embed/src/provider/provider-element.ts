import type { Client, GetToken } from '@datainsight/core/client'
import { createFormatter } from '@datainsight/core/format'
import { html, LitElement, type TemplateResult } from 'lit'
import { property } from 'lit/decorators.js'
import { ContextProvider } from '../client-context.ts'
import { ClientSource } from '../client-source.ts'
import type { Theme } from '../theme.ts'
import { takeTokenAttribute } from '../token-attribute.ts'
import { providerStyles } from './provider-styles.ts'

/**
 * Gives the elements inside it one server, one token and one way to write numbers. Has no box of its own.
 *
 * @slot - The elements that use it, with anything between.
 * @fires {TokenRefreshEvent} di-token-refresh - The host handed over another token.
 * @fires {ErrorEvent} di-error - The host's `getToken` failed.
 */
export class ProviderElement extends LitElement {
  static override styles = providerStyles

  /** Origin of the DataInsight server, such as `https://analytics.example.com`. */
  @property({ attribute: 'api-url' }) apiUrl: string | undefined

  /** Fetches an embed token from the host's own server; one call at a time, again before the token ends and after a 401. */
  @property({ attribute: false }) getToken: GetToken | undefined

  /**
   * A token to start with, where no `getToken` is given. Kept in memory: never reflected, and removed from the markup
   * when it was given there.
   */
  @property() token: string | undefined

  /** Another client, made by the host; `api-url`, `getToken` and `token` are then left alone. */
  @property({ attribute: false }) client: Client | undefined

  /** Which look the elements show: `auto`, `light` or `dark`. */
  @property({ reflect: true }) theme: Theme | undefined

  /** BCP 47 tag for numbers and dates; the browser's language when absent. */
  @property() locale: string | undefined

  /** IANA zone that dates are read and shown in; the dashboard's when absent. */
  @property() timezone: string | undefined

  readonly #source = new ClientSource(this, () => this)
  readonly #provider = new ContextProvider(this, {
    client: undefined,
    apiUrl: undefined,
    formatter: createFormatter(),
    locale: undefined,
    timezone: undefined,
    theme: undefined,
  })

  override connectedCallback(): void {
    super.connectedCallback()
    this.requestUpdate()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#source.close()
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    if (!takeTokenAttribute(this, name, value)) super.attributeChangedCallback(name, old, value)
  }

  protected override willUpdate(): void {
    if (!this.isConnected) return
    const { locale, timezone, theme, apiUrl } = this
    const before = this.#provider.value
    const formatter =
      this.hasUpdated && before.locale === locale && before.timezone === timezone
        ? before.formatter
        : createFormatter({ locale, timezone })
    const next = { client: this.client ?? this.#source.client, apiUrl, formatter, locale, timezone, theme }
    const isSame = Object.entries(next).every(([name, value]) => before[name as keyof typeof before] === value)
    if (!isSame) this.#provider.value = next
  }

  protected override render(): TemplateResult {
    return html`<slot></slot>`
  }
}
