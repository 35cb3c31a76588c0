import type { User } from '@datainsight/core'
import { html, LitElement, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { dashboardsPath, queriesPath } from '../route.ts'
import { ICONS, MARK } from '../styles/icons.ts'
import { sharedStyles } from '../styles/shared-styles.ts'
import { applyThemeChoice, isDark } from '../theme-choice.ts'
import { shellStyles } from './shell-styles.ts'
import './profile-menu.ts'

/** A step of the breadcrumb; the last one has no `path`. */
export interface Crumb {
  readonly title: string
  readonly path?: string
}

const COLLAPSED_KEY = 'datainsight-console-navigation'
const MODIFIER = /Mac|iP(hone|ad)/.test(navigator.userAgent) ? '⌘' : 'Ctrl'

/**
 * The frame around every page: navigation, breadcrumb, search, look, profile.
 * @slot - the page
 * @fires console-palette - the palette is asked for
 * @fires console-shortcuts - the list of shortcuts is asked for
 * @fires console-sign-out - somebody wants to leave
 */
@customElement('console-shell')
export class ConsoleShell extends LitElement {
  static override styles = [sharedStyles, shellStyles]

  @property({ attribute: false }) user!: User
  @property({ attribute: false }) crumbs: readonly Crumb[] = []
  /** The section that is open; undefined outside of all. */
  @property({ attribute: false }) section: 'dashboards' | 'queries' | undefined
  @state() private dark = isDark()
  @property({ type: Boolean, reflect: true }) collapsed = localStorage.getItem(COLLAPSED_KEY) === 'collapsed'

  /** Folds the navigation to its icons, or unfolds it. */
  toggleNavigation(): void {
    this.collapsed = !this.collapsed
    localStorage.setItem(COLLAPSED_KEY, this.collapsed ? 'collapsed' : 'open')
  }

  /** Changes between light and dark. */
  toggleTheme(): void {
    this.dark = !this.dark
    applyThemeChoice(this.dark ? 'dark' : 'light')
  }

  private ask(type: string): void {
    this.dispatchEvent(new Event(type, { bubbles: true, composed: true }))
  }

  private skip(): void {
    this.renderRoot.querySelector('main')?.focus()
  }

  protected override render() {
    const themeLabel = this.dark ? 'Switch to light' : 'Switch to dark'
    return html`<aside>
        <button class="skip-link" @click=${this.skip}>Skip to content</button>
        <a class="product" href=${dashboardsPath()} aria-label="DataInsight, dashboards">${MARK}<span class="wide">DataInsight</span></a>
        <nav aria-label="Main">
          <a class="nav-item" href=${dashboardsPath()} aria-current=${this.section === 'dashboards' ? 'page' : nothing} title="Dashboards">${ICONS.dashboards}<span class="wide">Dashboards</span></a>
          ${
            this.user.permissions.includes('query:stats')
              ? html`<a class="nav-item" href=${queriesPath()} aria-current=${this.section === 'queries' ? 'page' : nothing} title="Queries">${ICONS.queries}<span class="wide">Queries</span></a>`
              : nothing
          }
        </nav>
        <div class="aside-end">
          <button class="nav-item desktop" title="Keyboard shortcuts" @click=${() => this.ask('console-shortcuts')}>
            ${ICONS.keyboard}<span class="wide">Shortcuts</span><kbd class="wide">?</kbd>
          </button>
          <button class="nav-item desktop" aria-expanded=${!this.collapsed} title=${this.collapsed ? 'Open navigation' : 'Collapse navigation'} @click=${this.toggleNavigation}>
            ${ICONS.collapse}<span class="wide">Collapse</span>
          </button>
          <button class="nav-item phone" @click=${() => this.ask('console-palette')}>${ICONS.search}<span>Search</span></button>
        </div>
      </aside>
      <header>
        <nav class="crumbs" aria-label="Breadcrumb"><ol>${this.crumbs.map(renderCrumb)}</ol></nav>
        <button class="palette-button" id="palette-button" @click=${() => this.ask('console-palette')} aria-keyshortcuts="Control+K Meta+K">
          ${ICONS.search}<span>Go to …</span><kbd>${MODIFIER} K</kbd>
        </button>
        <button class="icon-button" id="theme-switch" aria-label=${themeLabel} title=${themeLabel} @click=${this.toggleTheme}>
          ${this.dark ? ICONS.sun : ICONS.moon}
        </button>
        <console-profile-menu .user=${this.user}></console-profile-menu>
      </header>
      <main id="main" tabindex="-1"><slot></slot></main>`
  }
}

function renderCrumb({ title, path }: Crumb) {
  return html`<li>${path ? html`<a href=${path}>${title}</a>` : html`<span aria-current="page">${title}</span>`}</li>`
}
