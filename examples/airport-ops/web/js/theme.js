// The look of the page: `auto` follows the system, `light` and `dark` are choices kept in a cookie so that the server
// paints the next page right from its first byte. The embedded dashboards follow through the `theme` of their provider.

const root = document.documentElement
const button = document.getElementById('theme-switch')
const label = document.getElementById('theme-switch-label')
const systemDark = matchMedia('(prefers-color-scheme: dark)')

const isDark = () => (root.dataset.theme === 'auto' ? systemDark.matches : root.dataset.theme === 'dark')

function show() {
  label.textContent = isDark() ? 'Switch to light' : 'Switch to dark'
  button.title = label.textContent
}

function choose(theme) {
  root.dataset.theme = theme
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and Safari before 18.4
  document.cookie = `apron_theme=${theme}; path=/; max-age=31536000; samesite=lax`
  for (const provider of document.querySelectorAll('di-provider')) provider.setAttribute('theme', theme)
  show()
}

button.hidden = false
button.addEventListener('click', () => choose(isDark() ? 'light' : 'dark'))
systemDark.addEventListener('change', show)
show()
