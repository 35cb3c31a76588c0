import type { FastifyInstance, LightMyRequestResponse } from 'fastify'

/** A browser without scripts: keeps cookies and submits the forms of the pages it reads. */
export function createBrowser(app: FastifyInstance, host = 'localhost:4001') {
  const cookies = new Map<string, string>()

  async function send(method: 'GET' | 'POST', url: string, headers: Record<string, string>, payload?: string) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await app.inject({ method, url, headers: { host, cookie, ...headers }, payload })
    for (const { name, value, maxAge, expires } of response.cookies) {
      if (maxAge === 0 || (expires && expires.getTime() === 0)) cookies.delete(name)
      else cookies.set(name, encodeURIComponent(value))
    }
    return response
  }

  const get = (path: string) => send('GET', path, {})

  /** The CSRF token in the form of a page. */
  async function csrf(path: string): Promise<string> {
    const token = (await get(path)).body.match(/name="csrf" value="([^"]+)"/)?.[1]
    if (!token) throw new Error(`no form on ${path}`)
    return token
  }

  const post = (path: string, form: Record<string, string>, headers: Record<string, string> = {}) => {
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    return send('POST', path, { ...type, ...headers }, new URLSearchParams(form).toString())
  }

  const submit = async (page: string, path: string, form: Record<string, string>): Promise<LightMyRequestResponse> =>
    post(path, { ...form, csrf: await csrf(page) })

  const signIn = (email: string) => submit('/sign-in', '/sign-in', { email })

  const mint = async (token?: string) =>
    send('POST', '/analytics/token', { 'x-csrf-token': token ?? (await csrf('/departures')) })

  return { cookies, get, post, csrf, submit, signIn, mint }
}
