import '../provider/define.ts'
import '../dashboard/define.ts'
import '../filter/define.ts'
import { LOAD_ELEMENT } from '../dashboard/lazy-elements.ts'

/** What tiles show comes right behind, so that the page's first request need not wait for it; and again when the network is back. */
const loadElements = () => {
  for (const load of Object.values(LOAD_ELEMENT)) void load().catch(() => undefined)
}
loadElements()
addEventListener('online', loadElements)
