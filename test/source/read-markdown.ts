/** A fenced block of a page. */
export interface CodeSample {
  /** Path of the page from the root. */
  readonly page: string
  /** Line of the opening fence, from 1. */
  readonly line: number
  /** First word of the fence, lower case; empty when there is none. */
  readonly language: string
  /** The rest of the fence, such as `no-check`. */
  readonly info: string
  readonly code: string
}

/** A link of a page. */
export interface Link {
  readonly page: string
  readonly line: number
  readonly target: string
}

/** Fenced blocks of a page, in order. */
export function codeSamples(page: string, text: string): CodeSample[] {
  const samples: CodeSample[] = []
  const lines = text.split('\n')
  for (let index = 0; index < lines.length; index++) {
    const fence = /^(\s*)(`{3,})(\S*)\s*(.*)$/.exec(lines[index] ?? '')
    if (fence === null) continue
    const end = lines.findIndex((line, at) => at > index && line.trim() === fence[2])
    if (end < 0) throw new Error(`${page}:${index + 1}: this code block is never closed`)
    const indent = fence[1]?.length ?? 0
    const code = lines.slice(index + 1, end).map((line) => line.slice(indent))
    samples.push({
      page,
      line: index + 1,
      language: (fence[3] ?? '').toLowerCase(),
      info: fence[4] ?? '',
      code: code.join('\n'),
    })
    index = end
  }
  return samples
}

/** Links and images outside code, inline and by reference. */
export function links(page: string, text: string): Link[] {
  return withoutCode(text)
    .split('\n')
    .flatMap((line, index) =>
      [...line.matchAll(/\]\(\s*<?([^)\s>]+)>?[^)]*\)|^\s*\[[^\]]+\]:\s*(\S+)|\b(?:href|src)="([^"]+)"/g)].map(
        (match) => ({
          page,
          line: index + 1,
          target: match[1] ?? match[2] ?? match[3] ?? '',
        }),
      ),
    )
}

/** Anchors of a page's headings, as GitHub makes them, and of its `id` attributes. */
export function anchors(text: string): Set<string> {
  const found = new Set<string>()
  for (const match of withoutCode(text, false).matchAll(/^#{1,6}\s+(.+?)\s*#*$|\bid="([^"]+)"/gm)) {
    const slug = match[2] ?? slugOf(match[1] ?? '')
    let name = slug
    for (let count = 1; found.has(name); count++) name = `${slug}-${count}`
    found.add(name)
  }
  return found
}

function slugOf(heading: string): string {
  return heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-')
}

/** The text with code blanked out; lines keep their numbers. */
function withoutCode(text: string, inline = true): string {
  const blank = (code: string) => code.replace(/[^\n]/g, ' ')
  const fenced = text.replace(/^(\s*)(`{3,})[^\n]*\n[\s\S]*?^\s*\2\s*$/gm, blank)
  return inline ? fenced.replace(/`[^`\n]+`/g, blank) : fenced
}
