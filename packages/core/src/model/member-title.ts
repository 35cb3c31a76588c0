import type { LocalTitle } from '../schema/model-parts.ts'
import type { Titled } from './model.ts'

/** A title made of a name: `avg_delay` → `Avg delay`. */
export function titleOfName(name: string): string {
  const words = name.replaceAll(/_+/g, ' ').trim()
  return words === '' ? name : words.charAt(0).toUpperCase() + words.slice(1)
}

/** What an author wrote as a title, or one made of the name. */
export function readTitle(written: LocalTitle | undefined, name: string): Titled {
  if (written === undefined) return { title: titleOfName(name) }
  if (typeof written === 'string') return { title: written }
  const titles = new Map(Object.entries(written).map(([tag, title]) => [tag.toLowerCase(), title]))
  const [first] = titles.values()
  if (first === undefined) return { title: titleOfName(name) }
  return { title: titles.get('en') ?? first, titles }
}

/** The title in a language: of the very locale, else of its language (`de` for `de-AT`), else the default. */
export function titleIn({ title, titles }: Titled, locale: string | undefined): string {
  if (titles === undefined || locale === undefined) return title
  const parts = locale.toLowerCase().split('-')
  for (let length = parts.length; length > 0; length--) {
    const found = titles.get(parts.slice(0, length).join('-'))
    if (found !== undefined) return found
  }
  return title
}
