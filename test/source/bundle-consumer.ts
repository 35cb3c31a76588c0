import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { ROOT } from './source-files.ts'

/** What a tiny program that uses one of our entries becomes in a bundler. */
export interface ConsumerBundle {
  /** Bytes of the minified program, gzip. */
  readonly gzipBytes: number
  /** Names of the packages of others that ended up inside, sorted. */
  readonly packages: readonly string[]
}

/**
 * Bundles and minifies a consumer for the browser, from our sources.
 *
 * @param code the consumer, an ES module
 * @param options.external specifiers that stay imports
 */
export async function bundleConsumer(
  code: string,
  { external = [] }: { external?: readonly string[] } = {},
): Promise<ConsumerBundle> {
  const result = await build({
    stdin: { contents: code, resolveDir: ROOT, loader: 'ts' },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    conditions: ['source', 'production'],
    external: [...external],
    logLevel: 'silent',
  })
  const [output] = Object.values(result.metafile.outputs)
  const inside = Object.entries(output?.inputs ?? {}).filter(([, { bytesInOutput }]) => bytesInOutput > 0)
  const packages = inside.flatMap(([path]) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? [])
  return {
    gzipBytes: gzipSync(result.outputFiles[0]?.contents ?? '').byteLength,
    packages: [...new Set(packages)].sort(),
  }
}
