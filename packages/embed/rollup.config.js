import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { nodeResolve } from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'
import esbuild from 'rollup-plugin-esbuild'
import { precompress } from '../../scripts/precompress.ts'

const CDN = fileURLToPath(new URL('./dist/cdn/', import.meta.url))
const ELEMENTS = ['provider', 'dashboard', 'chart', 'metric', 'table', 'filter']

const compile = () => esbuild({ target: 'es2022', tsconfig: 'tsconfig.json' })
const minify = (options = {}) =>
  terser({
    ecma: 2020,
    compress: { passes: 3, pure_getters: true, unsafe_arrows: true, unsafe_methods: true },
    format: { comments: false },
    ...options,
  })

/** Styles are written to be read; pages get them without comments and line breaks. Touches Lit's `css` templates only. */
const shortenStyles = {
  name: 'shorten-styles',
  transform(code) {
    if (!code.includes('css`')) return null
    const shorter = code.replaceAll(/css`([^`]*)`/g, (_, styles) => {
      const text = styles.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/\s+/g, ' ')
      return `css\`${text
        .replaceAll(/ ?([{};,]) ?/g, '$1')
        .replaceAll(/: /g, ':')
        .replaceAll(';}', '}')
        .trim()}\``
    })
    return { code: shorter, map: null }
  },
}

/** In minified code a line break is part of a template's text, where one space does the same. */
const shortenTemplates = {
  name: 'shorten-templates',
  renderChunk: (code) => ({
    code: code
      .trim()
      .replaceAll(/>\s*\n\s*</g, '><')
      .replaceAll(/\s*\n\s*/g, ' '),
    map: null,
  }),
}

/** ECharts asks for its mode the way of Node, which pages do not know. */
const production = {
  name: 'production',
  transform(code) {
    if (!code.includes('process.env.NODE_ENV')) return null
    return { code: code.replaceAll('process.env.NODE_ENV', '"production"'), map: null }
  },
}

/**
 * `unsafe_arrows` makes an arrow function of a constructor that does nothing, and `new` of it throws: two lines named at their
 * ends, or a scatter chart of thousands, were not drawn. A class stays one.
 */
const emptyClasses = {
  name: 'empty-classes',
  transform(code) {
    const emptyClass = /function ([A-Z]\w*)\(\) \{\s*\}(?=\s*return \1;)/g
    return emptyClass.test(code) ? { code: code.replaceAll(emptyClass, 'class $1 {}'), map: null } : null
  },
}

/**
 * esbuild writes its helper for decorators into each module that has some; a page needs it once. This one is for fields, all that
 * we decorate (2 as last argument): a module that decorates something else keeps the general one.
 */
const DECORATE = '\0decorate-field'
const oneDecorator = {
  name: 'one-decorator',
  resolveId: (id) => (id === DECORATE ? id : null),
  load: (id) =>
    id === DECORATE
      ? `export const decorateField = (decorators, target, key) => {
          for (const decorate of decorators) {
            const descriptor = decorate(target, key)
            if (descriptor) Object.defineProperty(target, key, descriptor)
          }
        }`
      : null,
  transform(code) {
    const helper = /^var __decorateClass = [\s\S]*?\n};$/m
    if (!helper.test(code) || /^\], (?!.*, 2\);$)/m.test(code)) return null
    return { code: code.replace(helper, `import { decorateField as __decorateClass } from '${DECORATE}';`), map: null }
  },
}

/** Old chunks have other hashes: without this they would pile up. Done just before writing, so that servers keep their files meanwhile. */
const empty = (folder) => ({
  name: 'empty-folder',
  async generateBundle() {
    await rm(folder, { recursive: true, force: true })
  },
})

const onwarn = (warning, warn) => {
  if (warning.code === 'CIRCULAR_DEPENDENCY' && warning.ids?.every((id) => id.includes('node_modules'))) return
  warn(warning)
}

export default [
  {
    // For bundlers: one module per source file beside its declarations, dependencies left to the consumer.
    input: {
      index: 'src/index.ts',
      define: 'src/define.ts',
      ...Object.fromEntries(ELEMENTS.map((name) => [`${name}/define`, `src/${name}/define.ts`])),
    },
    external: (id) => !id.startsWith('.') && !id.startsWith('/'),
    output: { dir: 'dist', format: 'es', preserveModules: true, preserveModulesRoot: 'src', sourcemap: true },
    plugins: [nodeResolve({ extensions: ['.ts'] }), compile()],
    onwarn,
  },
  {
    // For pages without a build: everything inside, charts and other late needs in chunks.
    input: { datainsight: 'src/cdn/datainsight.ts' },
    // Importing a part of ECharts does nothing until it is used; without this every part ends in the page, twice the bytes.
    treeshake: { moduleSideEffects: (id) => !/[\\/]node_modules[\\/](?:echarts|zrender)[\\/]/.test(id) },
    output: {
      dir: 'dist/cdn',
      format: 'es',
      entryFileNames: '[name].js',
      chunkFileNames: 'chunks/[name]-[hash].js',
      experimentalMinChunkSize: 10_000,
      // Used by elements of their own queries, but not by the shell, into which they would be merged for their size.
      manualChunks: (id) => (/[\\/](?:query-controller|describe-warnings)\.ts$/.test(id) ? 'query' : undefined),
    },
    plugins: [
      empty(CDN),
      nodeResolve({ exportConditions: ['source', 'browser', 'import', 'default'], extensions: ['.js', '.ts'] }),
      production,
      emptyClasses,
      shortenStyles,
      compile(),
      oneDecorator,
      minify({ module: true }),
      shortenTemplates,
      precompress,
    ],
    onwarn,
  },
  {
    input: { 'datainsight.min': 'src/cdn/load-module.ts' },
    external: () => false,
    output: { dir: 'dist/cdn', format: 'iife', entryFileNames: '[name].js' },
    plugins: [nodeResolve({ extensions: ['.ts'] }), compile(), minify()],
    onwarn,
  },
]
