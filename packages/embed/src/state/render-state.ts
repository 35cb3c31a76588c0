import { html, nothing, svg, type TemplateResult } from 'lit'
import type { Messages } from '../messages.ts'
import { copyText } from './copy-text.ts'
import type { Fault, FaultKind } from './describe-error.ts'

const ICONS: Readonly<Record<FaultKind | 'empty', TemplateResult<2>>> = {
  error: svg`<path d="M10 6.5v4M10 13.4v.1M8.7 3.2 2.4 14.3a1.5 1.5 0 0 0 1.3 2.2h12.6a1.5 1.5 0 0 0 1.3-2.2L11.3 3.2a1.5 1.5 0 0 0-2.6 0Z"/>`,
  forbidden: svg`<rect x="4" y="9" width="12" height="8" rx="2"/><path d="M7 9V6.5a3 3 0 0 1 6 0V9"/>`,
  offline: svg`<path d="m3 3 14 14M7.4 12.2a4 4 0 0 1 5.4.2M4.7 9.4a8 8 0 0 1 3-1.8M15.4 9.5a8 8 0 0 0-3.8-2.1M2 6.7a12 12 0 0 1 2.6-1.8M18 6.8A12 12 0 0 0 8.4 3.6M10 15.5v.1"/>`,
  empty: svg`<rect x="3" y="3.5" width="14" height="13" rx="2"/><path d="M3 8h14M7 12h6"/>`,
}

const COPY_ICON = html`<svg viewBox="0 0 14 14" fill="none" stroke="currentColor" stroke-width="1.25" stroke-linejoin="round" aria-hidden="true"><rect x="4.5" y="4.5" width="7" height="7" rx="1.5"/><path d="M9.5 2.5h-6a1 1 0 0 0-1 1v6"/></svg>`

/** A 20 px line icon, invisible to assistive technology. */
function icon(kind: FaultKind | 'empty'): TemplateResult {
  return html`<svg class="state-icon" viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${ICONS[kind]}</svg>`
}

/** What {@link renderFault} may offer. */
export interface FaultOptions {
  readonly messages: Messages
  /** Called by Retry; without it, or for a fault that the same request cannot mend, no button is shown. */
  readonly onRetry?: (() => void) | undefined
  /** Level of the title for assistive technology; plain text when absent. */
  readonly headingLevel?: number
}

/** The error, forbidden or offline state: what happened, Retry, and a request id to copy. */
export function renderFault(fault: Fault, { messages, onRetry, headingLevel }: FaultOptions): TemplateResult {
  const { requestId } = fault
  return html`<div class="state ${fault.kind}" part="error" role="alert" data-code=${fault.code}>
    ${icon(fault.kind)}
    <p class="state-title" role=${headingLevel === undefined ? nothing : 'heading'} aria-level=${headingLevel ?? nothing}>${fault.title}</p>
    <p class="state-text">${fault.text}</p>
    <div class="state-actions">
      ${fault.retryable && onRetry ? html`<button class="button" type="button" @click=${onRetry}>${messages.retry}</button>` : nothing}
    </div>
    ${
      requestId === undefined
        ? nothing
        : html`<button
            class="request-id"
            type="button"
            title=${messages.copyRequestId(requestId)}
            @click=${(event: Event) => copyRequestId(event.currentTarget as HTMLButtonElement, requestId, messages)}
          ><span>${messages.requestId}</span> <code>${requestId}</code>${COPY_ICON}</button>`
    }
  </div>`
}

/** The label says for a moment that it was done; read out, because the button has the focus. */
async function copyRequestId(button: HTMLButtonElement, requestId: string, messages: Messages): Promise<void> {
  await copyText(requestId, button)
  button.setAttribute('aria-label', messages.copied)
  const shown = button.querySelector('span')
  if (shown) shown.dataset.copied = messages.copied
  setTimeout(() => {
    button.removeAttribute('aria-label')
    if (shown) delete shown.dataset.copied
  }, 2_000)
}

/** What {@link renderEmpty} says and offers. */
export interface EmptyOptions {
  readonly title: string
  readonly text: string
  /** Label of the way on; no button without `onAction`. */
  readonly action?: string
  readonly onAction?: () => void
}

/** The empty state: why there is nothing, and a way on. */
export function renderEmpty({ title, text, action, onAction }: EmptyOptions): TemplateResult {
  return html`<div class="state empty" part="empty">
    ${icon('empty')}
    <p class="state-title">${title}</p>
    <p class="state-text">${text}</p>
    <div class="state-actions">
      ${action && onAction ? html`<button class="button" type="button" @click=${onAction}>${action}</button>` : nothing}
    </div>
  </div>`
}
