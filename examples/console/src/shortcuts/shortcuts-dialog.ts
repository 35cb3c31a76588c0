import { css, html, LitElement } from 'lit'
import { customElement, query } from 'lit/decorators.js'
import { ICONS } from '../styles/icons.ts'
import { sharedStyles } from '../styles/shared-styles.ts'
import { SHORTCUTS } from './shortcuts.ts'

/** The list of keyboard shortcuts, in a dialog. */
@customElement('console-shortcuts')
export class ShortcutsDialog extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      dialog {
        width: min(400px, calc(100vw - 32px));
        padding: 20px;
        color: var(--text);
        background: var(--raised);
        border: 1px solid var(--border);
        border-radius: 10px;
        box-shadow: var(--shadow);
      }
      dialog::backdrop {
        background: rgb(16 24 40 / 40%);
      }
      .head {
        display: flex;
        align-items: center;
        justify-content: space-between;
        margin-bottom: 8px;
      }
      h2 {
        font-size: 16px;
        font-weight: 600;
      }
      dl div {
        display: flex;
        align-items: center;
        justify-content: space-between;
        min-height: 40px;
        border-top: 1px solid var(--divider);
      }
      dd {
        display: flex;
        gap: 4px;
      }
    `,
  ]

  @query('dialog') private dialog!: HTMLDialogElement

  /** Opens the dialog; does nothing when it is open. */
  show(): void {
    if (!this.dialog.open) this.dialog.showModal()
  }

  protected override render() {
    return html`<dialog aria-labelledby="title" closedby="any">
      <div class="head">
        <h2 id="title">Keyboard shortcuts</h2>
        <button class="icon-button" aria-label="Close" @click=${() => this.dialog.close()}>${ICONS.close}</button>
      </div>
      <dl>
        ${SHORTCUTS.map(({ keys, title }) => html`<div><dt>${title}</dt><dd>${keys.map((key) => html`<kbd>${key}</kbd>`)}</dd></div>`)}
      </dl>
    </dialog>`
  }
}
