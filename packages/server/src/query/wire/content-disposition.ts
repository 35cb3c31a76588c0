/** Longest name, characters; file systems take 255 bytes, and an ending has to fit. */
const MAX_NAME = 100
/** Names that Windows keeps for devices, whatever the ending. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i

/**
 * `Content-Disposition` of a download (RFC 6266). Letters beyond ASCII travel in `filename*` (RFC 8187); path separators,
 * quotes, control characters and marks that change the reading direction do not travel at all.
 */
export function contentDisposition(fileName: string): string {
  const safe = safeFileName(fileName)
  const ascii = safe.replace(/[^\x20-\x7e]/g, '_').replace(/["\\%]/g, '_')
  const plain = `attachment; filename="${ascii}"`
  return ascii === safe ? plain : `${plain}; filename*=UTF-8''${encodeName(safe)}`
}

/** A file name that is one on every system: no separators, no device, no formula, not hidden, of bounded length. */
export function safeFileName(name: string): string {
  const dot = name.lastIndexOf('.')
  const [base, ending] = dot > 0 && name.length - dot <= 8 ? [name.slice(0, dot), name.slice(dot)] : [name, '']
  const clean = (text: string) =>
    text
      // Format characters (Cf) hold the marks for right-to-left text, which would show `gpj.exe` as `exe.jpg`.
      .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
      .replace(/[/\\:*?"<>|;%]/g, '_')
  const trimmed = [...clean(base)]
    .slice(0, MAX_NAME)
    .join('')
    .replace(/^[\s.=+\-@＝＋－＠~']+/u, '')
    .trim()
  const safe = `${trimmed === '' ? 'result' : trimmed}${clean(ending)}`
  return DEVICE.test(safe) ? `_${safe}` : safe
}

/** Percent-encodes all but the characters RFC 8187 lets stand. */
function encodeName(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
}
