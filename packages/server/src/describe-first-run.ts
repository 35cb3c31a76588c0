import type { FirstRun } from './bootstrap.ts'

/** What to print at first start: the credentials that are shown this once. Ends with a line break. */
export function describeFirstRun(firstRun: FirstRun): string {
  const { adminEmail, adminPassword, apiKey } = firstRun
  const lines = ['first start: keep these, they are not shown again', `  administrator  ${adminEmail}`]
  if (adminPassword !== undefined) lines.push(`  password       ${adminPassword}`)
  if (apiKey !== undefined) lines.push(`  api key        ${apiKey}`)
  return `${lines.join('\n')}\n`
}
