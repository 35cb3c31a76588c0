import { readdir, readFile, rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { nodeResolve } from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'
import esbuild from 'rollup-plugin-esbuild'

const HERE = fileURLToPath(new URL('./', import.meta.url))

/**
 * Puts the page, its styles and its icon beside the modules, in a folder emptied at the last moment: a server may be
 * handing out the files of the last time meanwhile.
 */
const page = {
  name: 'console-page',
  async generateBundle({ dir }) {
    await rm(dir, { recursive: true, force: true })
    for (const fileName of await readdir(`${HERE}web`)) {
      this.emitFile({ type: 'asset', fileName, source: await readFile(`${HERE}web/${fileName}`) })
    }
  },
}

/** ECharts asks for its mode the way of Node, which pages do not know. */
const production = {
  name: 'production',
  transform(code) {
    if (!code.includes('process.env.NODE_ENV')) return null
    return { code: code.replaceAll('process.env.NODE_ENV', '"production"'), map: null }
  },
}

export default {
  input: `${HERE}src/main.ts`,
  output: {
    dir: `${HERE}dist`,
    format: 'es',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
  },
  plugins: [
    page,
    // Straight from the packages' sources: no build of theirs is needed first.
    nodeResolve({ exportConditions: ['source', 'browser', 'import', 'default'], extensions: ['.js', '.ts'] }),
    production,
    esbuild({ target: 'es2022', tsconfig: `${HERE}tsconfig.json` }),
    terser({ module: true, format: { comments: false } }),
  ],
  onwarn(warning, warn) {
    if (warning.code === 'CIRCULAR_DEPENDENCY' && warning.ids?.every((id) => id.includes('node_modules'))) return
    warn(warning)
  },
}
