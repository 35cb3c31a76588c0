import type { ClientError } from '@datainsight/core/client'
import { html, nothing } from 'lit'
import { renderCopy } from './copy-button.ts'

/** What went wrong in words, the id to quote, and another try where one may help. */
export function renderFault(error: ClientError, title: string, retry: () => void) {
  const isForbidden = error.status === 403
  return html`<div class="state" role="alert">
    <p class="state-title">${isForbidden ? 'You may not see this' : title}</p>
    <p>${error.detail}${error.hint ? html`. ${error.hint}` : nothing}</p>
    ${error.requestId ? html`<p class="request">Request ${renderCopy(error.requestId, 'request id')}</p>` : nothing}
    ${isForbidden ? nothing : html`<button class="button" @click=${retry}>Try again</button>`}
  </div>`
}
