import { css, html, LitElement } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { Session } from '../session/session.ts'
import { sharedStyles } from '../styles/shared-styles.ts'

/** One dashboard, shown by the public SDK with the token of who is signed in. */
@customElement('console-dashboard')
export class DashboardPage extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      di-provider {
        --di-font-family: inherit;
        --di-color-page: transparent;
      }
      di-dashboard {
        display: block;
        min-height: 60vh;
      }
    `,
  ]

  @property({ attribute: false }) session!: Session
  /** Id or slug. */
  @property({ attribute: false }) dashboardId = ''

  private loaded(event: HTMLElementEventMap['di-load']): void {
    const detail = { title: event.detail.dashboard.title }
    this.dispatchEvent(new CustomEvent('console-title', { detail, bubbles: true, composed: true }))
  }

  protected override render() {
    return html`<h1 class="visually-hidden">Dashboard</h1>
      <di-provider .client=${this.session.client}>
      <di-dashboard dashboard-id=${this.dashboardId} @di-load=${this.loaded}></di-dashboard>
    </di-provider>`
  }
}
