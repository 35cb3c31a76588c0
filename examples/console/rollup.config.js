import { cp, mkdir, rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { nodeResolve } from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'
import esbuild from 'rollup-plugin-esbuild'

const WEB = fileURLToPath(new URL('./web/', import.meta.url))
const DIST = fileURLToPath(new URL('./dist/', import.meta.url))

/** Starts from an empty folder and puts the page, its styles and its icon beside the modules. */
const page = {
  name: 'console-page',
  async buildStart() {
    await rm(DIST, { recursive: true, force: true })
    await mkdir(DIST, { recursive: true })
    await cp(WEB, DIST, { recursive: true })
  },
}

export default {
  input: 'src/main.ts',
  output: {
    dir: 'dist',
    format: 'es',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
    sourcemap: false,
  },
  plugins: [
    page,
    // Straight from the packages' sources: no build of theirs is needed first.
    nodeResolve({ exportConditions: ['source', 'browser', 'import', 'default'], extensions: ['.js', '.ts'] }),
    esbuild({ target: 'es2022', tsconfig: 'tsconfig.json' }),
    terser({ module: true, compress: { passes: 2 } }),
  ],
  onwarn(warning, warn) {
    if (warning.code === 'CIRCULAR_DEPENDENCY' && warning.ids?.every((id) => id.includes('node_modules'))) return
    warn(warning)
  },
}
