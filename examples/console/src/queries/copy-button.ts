import { css, html, LitElement, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { ICONS } from '../styles/icons.ts'
import { sharedStyles } from '../styles/shared-styles.ts'

/** How long the button says that it copied, milliseconds. */
const COPIED_MS = 1_500

/** Copies a text to the clipboard and says so. */
@customElement('console-copy')
export class CopyButton extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      :host {
        display: inline-flex;
        vertical-align: middle;
      }
      button {
        display: inline-flex;
        align-items: center;
        gap: 4px;
        min-width: 24px;
        min-height: 24px;
        padding: 0 4px;
        font: inherit;
        color: var(--muted);
        background: none;
        border: 0;
        border-radius: 4px;
        cursor: pointer;
      }
      button:hover {
        color: var(--text);
        background: var(--divider);
      }
      .icon {
        width: 16px;
        height: 16px;
      }
      .done {
        color: var(--positive);
      }
    `,
  ]

  @property({ attribute: false }) text = ''
  /** What it copies, such as `request id`. */
  @property() what = 'text'
  /** Shows the word beside the icon. */
  @property({ type: Boolean }) worded = false
  @state() private outcome: 'copied' | 'failed' | undefined

  private async copy(): Promise<void> {
    this.outcome = await navigator.clipboard.writeText(this.text).then(
      () => 'copied' as const,
      () => 'failed' as const,
    )
    setTimeout(() => {
      this.outcome = undefined
    }, COPIED_MS)
  }

  protected override render() {
    const { outcome } = this
    const isCopied = outcome === 'copied'
    const word = isCopied ? 'Copied' : outcome === 'failed' ? 'Not allowed' : 'Copy'
    return html`<button class=${isCopied ? 'done' : ''} aria-label=${`Copy ${this.what}`} title=${`Copy ${this.what}`} @click=${this.copy}>
        ${isCopied ? ICONS.check : ICONS.copy}${this.worded || outcome === 'failed' ? html`<span>${word}</span>` : nothing}
      </button>
      <span class="visually-hidden" role="status">${outcome ? word : ''}</span>`
  }
}

/** A text in one piece with a button that copies it. */
export function renderCopy(text: string, what: string) {
  return html`<span class="copyable"><code title=${text}>${text}</code><console-copy .text=${text} what=${what}></console-copy></span>`
}

/** Text of several lines with a button that copies it. */
export function renderCode(text: string, what: string) {
  return html`<div class="code"><pre tabindex="0" aria-label=${what}><code>${text}</code></pre><console-copy worded .text=${text} what=${what}></console-copy></div>`
}
