import { BASE, type Route, toRoute } from './route.ts'

/** Goes to an address of the console without loading the page again; with `replace` “Back” leads past where this was. */
export function navigate(path: string, { replace = false }: { readonly replace?: boolean } = {}): void {
  if (replace) history.replaceState(null, '', path)
  else history.pushState(null, '', path)
  dispatchEvent(new PopStateEvent('popstate'))
}

/** Calls `listener` with the route now and after each change; also takes over clicks on links of the console. */
export function watchRoute(listener: (route: Route) => void): () => void {
  const read = () => listener(toRoute(location.pathname, location.search))
  const follow = (event: MouseEvent) => {
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement)
    if (!link || link.target || link.origin !== location.origin || !link.pathname.startsWith(BASE)) return
    event.preventDefault()
    navigate(link.pathname + link.search)
  }
  addEventListener('popstate', read)
  addEventListener('click', follow)
  read()
  return () => {
    removeEventListener('popstate', read)
    removeEventListener('click', follow)
  }
}
