import { ClientError } from '@datainsight/core/client'
import { css, html, LitElement, nothing } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import type { Session } from '../session/session.ts'
import { MARK } from '../styles/icons.ts'
import { sharedStyles } from '../styles/shared-styles.ts'

/** Asks for email and password, and says what went wrong in words. */
@customElement('console-sign-in')
export class SignInPage extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      :host {
        display: grid;
        place-items: center;
        min-height: 100vh;
        padding: 24px 16px;
      }
      main {
        width: 100%;
        max-width: 360px;
      }
      .head {
        display: flex;
        align-items: center;
        gap: 10px;
        margin-bottom: 24px;
        font-weight: 600;
        font-size: 16px;
      }
      .card {
        padding: 24px;
        background: var(--surface);
        border: 1px solid var(--border);
        border-radius: 10px;
      }
      h1 {
        margin-bottom: 4px;
        font-size: 20px;
        font-weight: 600;
      }
      .lead {
        margin-bottom: 20px;
        color: var(--muted);
      }
      form {
        display: grid;
        gap: 16px;
      }
      label {
        display: grid;
        gap: 6px;
        font-weight: 500;
      }
      input {
        min-height: 40px;
        font-weight: 400;
      }
      .button {
        min-height: 40px;
      }
      .problem,
      .notice {
        padding: 10px 12px;
        border-radius: 6px;
      }
      .problem {
        color: var(--negative);
        background: var(--negative-soft);
      }
      .notice {
        margin-bottom: 16px;
        background: var(--primary-soft);
      }
    `,
  ]

  @property({ attribute: false }) session!: Session
  /** Why the visitor is here although a session was there; nothing when absent. */
  @property({ attribute: false }) notice: string | undefined
  @state() private problem: string | undefined
  @state() private busy = false
  @query('#email') private email!: HTMLInputElement
  @query('#password') private password!: HTMLInputElement

  protected override firstUpdated(): void {
    this.email.focus()
  }

  private async submit(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    if (this.busy) return
    this.busy = true
    this.problem = undefined
    try {
      await this.session.signIn({ email: this.email.value.trim(), password: this.password.value })
    } catch (error) {
      this.problem = explain(error)
      this.password.select()
    } finally {
      this.busy = false
    }
  }

  protected override render() {
    return html`<main>
      <div class="head">${MARK} DataInsight</div>
      <div class="card">
        <h1>Sign in</h1>
        <p class="lead">To the console of your organization</p>
        ${this.notice ? html`<p class="notice" role="status">${this.notice}</p>` : nothing}
        <form @submit=${this.submit}>
          <label>Email <input id="email" name="email" type="email" autocomplete="username" required maxlength="254" /></label>
          <label>Password <input id="password" name="password" type="password" autocomplete="current-password" required maxlength="1024" /></label>
          ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
          <button class="button button-primary" type="submit" ?disabled=${this.busy}>${this.busy ? 'Signing in …' : 'Sign in'}</button>
        </form>
      </div>
    </main>`
  }
}

function explain(error: unknown): string {
  if (!(error instanceof ClientError)) throw error
  if (error.code === 'invalid_credentials') return 'Email or password is wrong.'
  if (error.code === 'rate_limited') return `Too many attempts. Try again in ${error.retryAfterSeconds ?? 60} seconds.`
  if (error.code === 'network' || error.code === 'timeout')
    return 'The server does not answer. Check the connection and try again.'
  return error.detail
}
