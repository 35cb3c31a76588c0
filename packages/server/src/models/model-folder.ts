import { type FSWatcher, watch } from 'node:fs'
import { AnalyticsError } from '@datainsight/core'
import { type Model, type ModelText, parseModel } from '@datainsight/core/model'
import { readModelFiles } from './read-model-files.ts'

/** Hears of what happens to the model. */
export interface ModelFolderLog {
  /** Called with the fault and all its problems when a changed model cannot be used. */
  rejected(error: AnalyticsError): void
  loaded(model: Model): void
}

export interface ModelFolderOptions {
  /** Folder of the model files. */
  readonly directory: string
  /** Load again when a file changes; false when absent. For development: production starts a new process. */
  readonly watch?: boolean
  readonly log?: ModelFolderLog
}

/** The server's own model: that of every organization which has published none. */
export interface ModelFolder {
  /** The last model that was valid. */
  model(): Model
  /**
   * Reads the files again. A model that is not valid is reported and the last good one stays.
   * @throws AnalyticsError `model_invalid`
   */
  reload(): Promise<Model>
  /** Its files as they are now. */
  files(): Promise<readonly ModelText[]>
  close(): void
}

/** Editors write in several steps: the files are read when they have been quiet for this long, milliseconds. */
const QUIET_MS = 100

/**
 * Loads the model of a folder.
 * @throws AnalyticsError `model_invalid` with every problem, when there is no good model to start with.
 */
export async function openModelFolder(options: ModelFolderOptions): Promise<ModelFolder> {
  const { directory, log } = options
  let model = await load(directory)
  log?.loaded(model)
  // Reloads are done one after the other, so that an older read never replaces a newer one.
  let reloading: Promise<unknown> = Promise.resolve()

  const reload = (): Promise<Model> => {
    const next = reloading.then(async () => {
      try {
        const loaded = await load(directory)
        if (loaded.id !== model.id) {
          model = loaded
          log?.loaded(loaded)
        }
        return model
      } catch (error) {
        if (error instanceof AnalyticsError) log?.rejected(error)
        throw error
      }
    })
    reloading = next.catch(() => undefined)
    return next
  }

  const watcher =
    options.watch === true ? watchQuietly(directory, () => void reload().catch(() => undefined)) : undefined
  return {
    model: () => model,
    reload,
    files: () => readModelFiles(directory),
    close: () => watcher?.close(),
  }
}

async function load(directory: string): Promise<Model> {
  let files: Awaited<ReturnType<typeof readModelFiles>>
  try {
    files = await readModelFiles(directory)
  } catch (error) {
    throw new AnalyticsError('model_invalid', `the model folder cannot be read: ${directory}`, { cause: error })
  }
  return parseModel(files)
}

/** Calls `changed` once per burst of changes below `directory`. */
function watchQuietly(directory: string, changed: () => void): { close(): void } {
  let timer: NodeJS.Timeout | undefined
  const watcher: FSWatcher = watch(directory, { recursive: true, persistent: false }, () => {
    clearTimeout(timer)
    timer = setTimeout(changed, QUIET_MS)
  })
  // A folder that was removed or replaced ends the watching, not the server.
  watcher.on('error', () => undefined)
  return {
    close() {
      clearTimeout(timer)
      watcher.close()
    },
  }
}
