import type { User } from '@datainsight/core'
import { css, html, LitElement } from 'lit'
import { customElement, property, query } from 'lit/decorators.js'
import { ICONS } from '../styles/icons.ts'
import { sharedStyles } from '../styles/shared-styles.ts'

/**
 * Who is signed in, of which organization, and the way out.
 * @fires console-sign-out - “Sign out” was chosen
 */
@customElement('console-profile-menu')
export class ProfileMenu extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      :host {
        position: relative;
      }
      .open {
        display: flex;
        align-items: center;
        gap: 8px;
        min-height: 40px;
        padding: 0 6px;
        font: inherit;
        text-align: left;
        color: inherit;
        background: none;
        border: 0;
        border-radius: 6px;
        cursor: pointer;
      }
      .open:hover {
        background: var(--divider);
      }
      .avatar {
        display: grid;
        place-items: center;
        flex: none;
        width: 28px;
        height: 28px;
        font-size: 12px;
        font-weight: 600;
        color: var(--primary);
        background: var(--primary-soft);
        border-radius: 50%;
      }
      .organization {
        max-width: 180px;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        font-weight: 500;
      }
      .open .icon {
        width: 16px;
        height: 16px;
        color: var(--muted);
      }
      .panel {
        position: fixed;
        inset: 52px 16px auto auto;
        width: 260px;
        margin: 0;
        padding: 16px;
        color: var(--text);
        background: var(--raised);
        border: 1px solid var(--border);
        border-radius: 10px;
        box-shadow: var(--shadow);
      }
      .name {
        font-weight: 600;
      }
      .email {
        overflow-wrap: anywhere;
        color: var(--muted);
      }
      dl {
        margin: 12px 0;
        padding: 10px 0;
        border-block: 1px solid var(--divider);
      }
      dl div {
        display: flex;
        justify-content: space-between;
        gap: 12px;
        padding: 2px 0;
      }
      dt {
        color: var(--muted);
      }
      dd {
        text-align: right;
      }
      .panel .button {
        width: 100%;
      }
      @media (max-width: 720px) {
        .organization,
        .open .icon {
          display: none;
        }
        .open {
          min-width: 44px;
          min-height: 44px;
          justify-content: center;
        }
      }
    `,
  ]

  @property({ attribute: false }) user!: User
  @query('.panel') private panel!: HTMLElement

  private leave(): void {
    this.panel.hidePopover()
    this.dispatchEvent(new Event('console-sign-out', { bubbles: true, composed: true }))
  }

  protected override render() {
    const { name, email, role, organization } = this.user
    return html`<button class="open" id="profile" popovertarget="panel">
        <span class="avatar" aria-hidden="true">${initials(name || email)}</span>
        <span class="visually-hidden">Profile of ${name || email}, </span><span class="organization">${organization.name}</span>${ICONS.chevron}
      </button>
      <div class="panel" id="panel" popover role="group" aria-label="Profile">
        <p class="name">${name || email}</p>
        ${name ? html`<p class="email">${email}</p>` : ''}
        <dl>
          <div><dt>Organization</dt><dd>${organization.name}</dd></div>
          <div><dt>Role</dt><dd>${role.charAt(0).toUpperCase() + role.slice(1)}</dd></div>
        </dl>
        <button class="button" id="sign-out" @click=${this.leave}>${ICONS.signOut} Sign out</button>
      </div>`
  }
}

function initials(name: string): string {
  const words = name.split(/[\s.@_-]+/).filter(Boolean)
  return (words[0]?.charAt(0) ?? '').toUpperCase() + (words[1]?.charAt(0) ?? '').toUpperCase()
}
