import type { FastifyRequest } from 'fastify'
import { THEMES, type Theme } from './views/page.ts'

/** Written by `web/js/theme.js`, read here so that the first paint already has the right look. */
export const THEME_COOKIE = 'apron_theme'

/** The look the visitor chose; `auto` when none. */
export function readTheme(request: FastifyRequest): Theme {
  return THEMES.find((theme) => theme === request.cookies[THEME_COOKIE]) ?? 'auto'
}
