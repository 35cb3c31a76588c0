import type { OutputOptions, RollupOptions } from 'rollup'

/** How the console is bundled, for the tests that bundle it themselves. */
declare const config: RollupOptions & { readonly output: OutputOptions }
export default config
