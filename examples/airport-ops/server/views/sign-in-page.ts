import { ACCOUNTS } from '../accounts.ts'
import { html } from '../html.ts'
import { brand, page, type Theme, themeSwitch } from './page.ts'

/** What the sign-in page shows. `problem` is one sentence; `notice` is why the visitor is here. */
export interface SignInOptions {
  readonly theme: Theme
  readonly csrf: string
  readonly email?: string
  readonly problem?: string
  readonly notice?: string
}

/** The sign-in page: an address, or one click on a demonstration account. */
export function signInPage({ theme, csrf, email, problem, notice }: SignInOptions): string {
  return page(
    { title: 'Sign in', theme, styles: ['sign-in.css'] },
    html`<div class="split">
  <section class="hero" aria-label="About Apron">
    ${brand()}
    <div class="hero-text">
      <p class="hero-line">Know your ramp<br>before it fills.</p>
      <p class="hero-sub">Departures, delays and routes of your airport, and of nobody else’s.</p>
    </div>
    <svg class="hero-art" viewBox="0 0 600 750" preserveAspectRatio="xMaxYMid slice" aria-hidden="true">
      <path class="line line-solid" d="M476 760V190M366 190h220M410 130h132" />
      <path class="line line-curve" d="M-400 520C140 520 476 500 476 330" />
      <path class="line line-dash" d="M-400 400h1100" />
    </svg>
  </section>
  <main class="panel" id="main">
    <div class="panel-top">${themeSwitch(theme)}</div>
    <div class="panel-body">
      <h1>Sign in</h1>
      ${notice ? html`<p class="notice" role="status">${notice}</p>` : ''}
      <form method="post" action="/sign-in" id="sign-in-form" class="stack">
        <input type="hidden" name="csrf" value="${csrf}">
        <div class="field">
          <label for="email">Work email</label>
          <input type="email" id="email" name="email" autocomplete="username" required maxlength="254" value="${email ?? ''}" ${problem ? html`aria-invalid="true" aria-describedby="email-problem"` : ''}>
          ${problem ? html`<p class="problem" id="email-problem" role="alert">${problem}</p>` : ''}
        </div>
        <button type="submit" class="button button-primary" id="sign-in">Continue</button>
      </form>
      <form method="post" action="/sign-in" id="demo-accounts" class="demo">
        <input type="hidden" name="csrf" value="${csrf}">
        <h2>Demo accounts</h2>
        <p class="hint">One customer per airport. This demonstration has no passwords.</p>
        <ul class="accounts">
          ${ACCOUNTS.map(
            (
              account,
            ) => html`<li><button type="submit" class="account-choice" name="email" value="${account.email}" id="sign-in-${account.airport}">
            <span class="account-code">${account.airport}</span><span class="account-text"><span class="account-name">${account.name}</span><span class="account-email">${account.email}</span></span>
          </button></li>`,
          )}
        </ul>
      </form>
    </div>
  </main>
</div>`,
  )
}
