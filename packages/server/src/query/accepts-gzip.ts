import type { FastifyReply } from 'fastify'

/** Whether an `Accept-Encoding` header takes gzip (RFC 9110, 12.5.3). */
export function acceptsGzip(header: string | undefined): boolean {
  if (header === undefined) return false
  // What browsers and HTTP clients send, without parsing anything.
  if (header.startsWith('gzip, ') && !header.includes(';')) return true
  let any = false
  for (const part of header.split(',')) {
    const [coding = '', ...parameters] = part.toLowerCase().split(';')
    const refused = parameters.some((parameter) => /^\s*q=0(?:\.0*)?\s*$/.test(parameter))
    const name = coding.trim()
    if (name === 'gzip' || name === 'x-gzip') return !refused
    if (name === '*') any = !refused
  }
  return any
}

/** Whether an `Accept-Encoding` header takes brotli. It must be named: `*` may come from clients that only know gzip. */
export function acceptsBrotli(header: string | undefined): boolean {
  if (header === undefined || !header.includes('br')) return false
  for (const part of header.split(',')) {
    const [coding = '', ...parameters] = part.toLowerCase().split(';')
    if (coding.trim() === 'br') return !parameters.some((parameter) => /^\s*q=0(?:\.0*)?\s*$/.test(parameter))
  }
  return false
}

/** Says that the answer's form depends on these headers of the request, besides what it says already. */
export function varyBy(reply: FastifyReply, names: string): void {
  const vary = reply.getHeader('vary')
  reply.header('vary', vary === undefined ? names : `${vary}, ${names}`)
}
