import { findMember, type Model, type ModelText, parseModel } from '@datainsight/core/model'
import type { Database } from '../database/schema.ts'
import { FreshRead } from '../fresh-read.ts'
import { repeat } from '../repeat.ts'
import { getVersionFiles, readHeads } from './repository.ts'

/** How often each node looks for versions that were published through others, milliseconds. */
export const MODEL_POLL_MS = 2_000

/** What the models need. */
export interface OrganizationModelsOptions {
  readonly db: Database
  /** The server's own model, of every organization that published none. */
  readonly ownModel: () => Model
  /** Called after an organization's model changed. */
  readonly onChange: () => void
  readonly onError: (error: unknown, organizationId: string | undefined) => void
}

interface Published {
  readonly number: number
  /** `undefined`: the server's own. */
  readonly model: Model | undefined
}

/**
 * The model of each organization: what it published last, else the server's own. Organizations that published the same text
 * share one model in memory.
 */
export class OrganizationModels {
  readonly #options: OrganizationModelsOptions
  readonly #published = new Map<string, Published>()
  readonly #reading = new FreshRead(() => this.#read())
  #stopReading: () => void = () => undefined

  constructor(options: OrganizationModelsOptions) {
    this.#options = options
  }

  model(organizationId: string): Model {
    return this.#published.get(organizationId)?.model ?? this.#options.ownModel()
  }

  /** Whether the organization's model has `cube.member`, visible to somebody or not. */
  hasMember(organizationId: string, name: string): boolean {
    return findMember(this.model(organizationId), name) !== undefined
  }

  /** Reads what is published, and goes on doing so. */
  async start(): Promise<void> {
    await this.refresh()
    this.#stopReading = repeat(
      () => this.refresh(),
      MODEL_POLL_MS,
      (error) => this.#options.onError(error, undefined),
    )
  }

  /** Reads what is published now; call after publishing on this node. */
  refresh(): Promise<void> {
    return this.#reading.run()
  }

  stop(): void {
    this.#stopReading()
  }

  async #read(): Promise<void> {
    const heads = await readHeads(this.#options.db)
    let isChanged = false
    for (const organizationId of this.#published.keys()) {
      if (heads.has(organizationId)) continue
      this.#published.delete(organizationId)
      isChanged = true
    }
    for (const [organizationId, number] of heads) {
      if (this.#published.get(organizationId)?.number === number) continue
      try {
        const files = await getVersionFiles(this.#options.db, organizationId, number)
        this.#published.set(organizationId, { number, model: files === undefined ? undefined : this.#parse(files) })
        isChanged = true
      } catch (error) {
        // It was valid when it was published, perhaps by a newer release: the last good model stays.
        this.#options.onError(error, organizationId)
      }
    }
    if (isChanged) this.#options.onChange()
  }

  /** The same text is the same model, whoever published it. */
  #parse(files: readonly ModelText[]): Model {
    const model = parseModel(files)
    for (const other of this.#published.values()) if (other.model?.id === model.id) return other.model
    return model
  }
}
