import { css, html, LitElement, type PropertyValues } from 'lit'
import { customElement, query, state } from 'lit/decorators.js'
import { navigate, watchRoute } from './navigation.ts'
import type { CommandPalette } from './palette/command-palette.ts'
import { dashboardsPath, queriesPath, type Route, toRoute } from './route.ts'
import { Session } from './session/session.ts'
import type { ConsoleShell, Crumb } from './shell/console-shell.ts'
import { createShortcutReader, type ShortcutAction } from './shortcuts/shortcuts.ts'
import type { ShortcutsDialog } from './shortcuts/shortcuts-dialog.ts'
import { MARK } from './styles/icons.ts'
import { sharedStyles } from './styles/shared-styles.ts'
import './dashboards/dashboard-list-page.ts'
import './dashboards/dashboard-page.ts'
import './not-found/not-found-page.ts'
import './palette/command-palette.ts'
import './queries/queries-page.ts'
import './shell/console-shell.ts'
import './shortcuts/shortcuts-dialog.ts'
import './sign-in/sign-in-page.ts'

/** The whole console: restores the session, shows the sign-in page or the page of the address. */
@customElement('console-app')
export class ConsoleApp extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      .splash {
        display: grid;
        place-items: center;
        min-height: 100vh;
      }
      .splash .mark {
        width: 40px;
        height: 40px;
      }
    `,
  ]

  readonly #session = new Session(location.origin)
  readonly #readShortcut = createShortcutReader()
  @state() private route: Route = toRoute(location.pathname, location.search)
  @state() private dashboardTitle: string | undefined
  @query('console-shell') private shell!: ConsoleShell | null
  @query('console-palette') private palette!: CommandPalette | null
  @query('console-shortcuts') private shortcuts!: ShortcutsDialog | null
  #stop: (() => void) | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    const update = () => this.requestUpdate()
    this.#session.addEventListener('change', update)
    addEventListener('keydown', this.press)
    const unwatch = watchRoute((route) => {
      this.route = route
    })
    this.#stop = () => {
      this.#session.removeEventListener('change', update)
      removeEventListener('keydown', this.press)
      unwatch()
    }
    void this.#session.restore()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stop?.()
  }

  protected override willUpdate(changed: PropertyValues): void {
    const before = changed.get('route') as Route | undefined
    if (before && !isSamePage(before, this.route)) this.dashboardTitle = undefined
  }

  protected override updated(changed: PropertyValues): void {
    const title = this.#session.state.status === 'signed-in' ? this.crumbs.at(-1)?.title : 'Sign in'
    document.title = `${title} – DataInsight`
    // Whoever followed a link starts reading at the new page, not at the old link.
    const before = changed.get('route') as Route | undefined
    if (before && !isSamePage(before, this.route))
      this.shell?.renderRoot.querySelector('main')?.focus({ preventScroll: false })
  }

  private get crumbs(): readonly Crumb[] {
    const { route } = this
    if (route.page === 'not-found') return [{ title: 'Not found' }]
    if (route.page === 'dashboards') return [{ title: 'Dashboards' }]
    if (route.page === 'queries') return [{ title: 'Queries' }]
    return [{ title: 'Dashboards', path: dashboardsPath() }, { title: this.dashboardTitle ?? route.id }]
  }

  private readonly press = (event: KeyboardEvent): void => {
    if (this.#session.state.status !== 'signed-in') return
    const action = this.#readShortcut(event, isTextField(event.composedPath()[0]))
    if (!action) return
    event.preventDefault()
    this.act(action)
  }

  private act(action: ShortcutAction): void {
    if (action === 'palette') void this.palette?.show()
    else if (action === 'shortcuts') this.shortcuts?.show()
    else if (action === 'navigation') this.shell?.toggleNavigation()
    else if (action === 'theme') this.shell?.toggleTheme()
    else if (action === 'dashboards') navigate(dashboardsPath())
    else if (action === 'queries') navigate(queriesPath())
    else if (action === 'refresh') this.renderRoot.querySelector('console-queries')?.refresh()
    else
      this.renderRoot
        .querySelector('console-dashboard-list, console-queries')
        ?.shadowRoot?.querySelector<HTMLElement>('input[type=search]')
        ?.focus()
  }

  private async leave(): Promise<void> {
    await this.#session.signOut()
    navigate(dashboardsPath())
  }

  protected override render() {
    const { state } = this.#session
    if (state.status === 'restoring') {
      return html`<div class="splash" role="status">${MARK}<span class="visually-hidden">Loading</span></div>`
    }
    if (state.status === 'signed-out') {
      return html`<console-sign-in .session=${this.#session} .notice=${toNotice(state)}></console-sign-in>`
    }
    return html`<console-shell
        .user=${state.user}
        .crumbs=${this.crumbs}
        .section=${toSection(this.route)}
        @console-palette=${() => this.act('palette')}
        @console-shortcuts=${() => this.act('shortcuts')}
        @console-sign-out=${this.leave}
        @console-title=${(event: CustomEvent<{ title: string }>) => {
          this.dashboardTitle = event.detail.title
        }}
        >${this.renderPage()}</console-shell
      >
      <console-palette .session=${this.#session}></console-palette>
      <console-shortcuts></console-shortcuts>`
  }

  private renderPage() {
    const { route } = this
    if (route.page === 'not-found') return html`<console-not-found .path=${route.path}></console-not-found>`
    if (route.page === 'dashboards')
      return html`<console-dashboard-list .session=${this.#session}></console-dashboard-list>`
    if (route.page === 'queries')
      return html`<console-queries .session=${this.#session} .search=${route.search}></console-queries>`
    return html`<console-dashboard .session=${this.#session} .dashboardId=${route.id}></console-dashboard>`
  }
}

function toSection({ page }: Route): 'dashboards' | 'queries' | undefined {
  if (page === 'not-found') return undefined
  return page === 'queries' ? 'queries' : 'dashboards'
}

/** Another choice on the same page is not another page. */
function isSamePage(a: Route, b: Route): boolean {
  if (a.page !== b.page) return false
  return a.page === 'queries' || JSON.stringify(a) === JSON.stringify(b)
}

function toNotice(state: { readonly ended: boolean; readonly unreachable?: boolean }): string | undefined {
  if (state.ended) return 'Your session has ended. Sign in again to go on.'
  if (state.unreachable) return 'The server did not answer, so your session could not be restored.'
  return undefined
}

function isTextField(target: EventTarget | undefined): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
}
