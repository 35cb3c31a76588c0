/** Tag of an element by its file: `src/filter/filter-bar-element.ts` is `di-filter-bar`. */
const tagOf = (path) => path.match(/\/([a-z-]+)-element\.ts$/)?.[1]

/** The manifest as users of the elements read it: public members, documented events, tags. */
const publicOnly = {
  name: 'public-only',
  packageLinkPhase({ customElementsManifest }) {
    for (const module of customElementsManifest.modules) {
      module.declarations = module.declarations.filter(({ kind, name }) => kind === 'class' && name.endsWith('Element'))
      for (const declaration of module.declarations) {
        const tag = tagOf(module.path)
        declaration.customElement = true
        if (tag) declaration.tagName = `di-${tag}`
        const isPublic = ({ name, privacy, inheritedFrom }) =>
          !name.startsWith('#') &&
          !HIDDEN.has(name) &&
          (privacy ?? 'public') === 'public' &&
          inheritedFrom?.name !== 'LitElement'
        declaration.members = declaration.members?.filter(isPublic)
        // The analyzer also guesses events from `dispatchEvent`; ours are classes, named in `@fires`.
        declaration.events = declaration.events?.filter(({ name }) => name?.startsWith('di-'))
        declaration.attributes = declaration.attributes?.filter(({ fieldName }) =>
          declaration.members.some(({ name }) => name === fieldName),
        )
      }
      module.exports = module.exports?.filter(({ declaration }) =>
        module.declarations.some(({ name }) => name === declaration.name),
      )
    }
    customElementsManifest.modules = customElementsManifest.modules.filter(
      ({ declarations }) => declarations.length > 0,
    )
  },
}

/** Life cycle and plumbing that are public in TypeScript only because the platform or Lit calls them. */
const HIDDEN = new Set([
  'attributeChangedCallback',
  'connectedCallback',
  'disconnectedCallback',
  'shadowRootOptions',
  'styles',
  'render',
  'updated',
  'willUpdate',
])

export default {
  globs: ['src/*/*-element.ts', 'src/element.ts'],
  outdir: '.',
  litelement: true,
  packagejson: false,
  quiet: true,
  plugins: [publicOnly],
}
