import { css, html, LitElement } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { dashboardsPath } from '../route.ts'
import { sharedStyles } from '../styles/shared-styles.ts'

/** Says that nothing is at this address, and offers a way on. */
@customElement('console-not-found')
export class NotFoundPage extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      :host {
        display: grid;
        place-content: center;
        justify-items: center;
        gap: 8px;
        min-height: 60vh;
        text-align: center;
        color: var(--muted);
      }
      .art {
        width: 120px;
        height: 64px;
        margin-bottom: 12px;
        fill: none;
        stroke: var(--control-border);
        stroke-width: 2;
        stroke-linecap: round;
        stroke-dasharray: 5 6;
      }
      .art .found {
        stroke: var(--primary);
        stroke-dasharray: none;
        stroke-width: 3;
      }
      h1 {
        font-size: 20px;
        font-weight: 600;
        color: var(--text);
      }
      h1:focus {
        outline: none;
      }
      code {
        overflow-wrap: anywhere;
      }
      .button {
        margin-top: 12px;
      }
    `,
  ]

  @property({ attribute: false }) path = ''

  protected override render() {
    return html`<svg class="art" viewBox="0 0 120 64" aria-hidden="true">
        <path class="found" d="M4 52 24 36l16 8" />
        <path d="m40 44 18-24 20 12 18-22 20 6" />
      </svg>
      <h1 tabindex="-1">Nothing is here</h1>
      <p>There is no page at <code>${this.path}</code></p>
      <a class="button" href=${dashboardsPath()}>Go to the dashboards</a>`
  }
}
