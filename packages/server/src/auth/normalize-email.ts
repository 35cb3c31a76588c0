/** One spelling per address: people type capitals and stray spaces, and nobody may get a second throttle by doing so. */
export function normalizeEmail(email: string): string {
  return email.normalize('NFKC').trim().toLowerCase()
}
