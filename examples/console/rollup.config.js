import { readdir, readFile, rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { nodeResolve } from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'
import esbuild from 'rollup-plugin-esbuild'
import { precompress } from '../../scripts/precompress.ts'

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

/** The server that hands out the console hands out the SDK as well: the page takes it from there, as any host page would. */
const SDK = '/embed/v1/datainsight.js'

export default {
  input: `${HERE}src/main.ts`,
  external: /^@datainsight\/embed\//,
  output: {
    dir: `${HERE}dist`,
    format: 'es',
    paths: (id) => (id.startsWith('@datainsight/embed/') ? SDK : id),
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
  },
  plugins: [
    page,
    // Straight from the packages' sources: no build of theirs is needed first.
    nodeResolve({ exportConditions: ['source', 'browser', 'import', 'default'], extensions: ['.js', '.ts'] }),
    esbuild({ target: 'es2022', tsconfig: `${HERE}tsconfig.json` }),
    terser({ module: true, format: { comments: false } }),
    precompress,
  ],
}
