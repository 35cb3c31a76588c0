// Gives the embedded dashboard its token. The API key stays on our server; the browser only ever holds a token that opens
// this one dashboard, for this one airport, for some minutes. The SDK calls `getToken` again before it runs out.

const csrf = document.querySelector('meta[name="csrf-token"]').content
const analytics = document.getElementById('analytics')

analytics.getToken = async ({ signal }) => {
  const response = await fetch('/analytics/token', { method: 'POST', headers: { 'x-csrf-token': csrf }, signal })
  if (response.status === 401) {
    location.assign('/sign-in?reason=ended')
    throw new Error('signed out')
  }
  const body = await response.json()
  if (!response.ok) throw new Error(body.message)
  return body.token
}
