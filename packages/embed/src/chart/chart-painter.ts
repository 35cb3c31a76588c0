import type { EChartsType } from 'echarts/core'
import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { type InitChart, loadedParts, loadParts, type Renderer } from '../echarts/load-parts.ts'
import type { ChartSize } from './chart-context.ts'
import type { ChartPlan, DrawnChart } from './compiled-chart.ts'

/** What to paint and how. Two requests with the same `plan` and `renderer` paint the same. */
export interface PaintRequest {
  readonly plan: ChartPlan
  readonly renderer: Renderer
  /** Font of the labels, `12px Inter`; painting waits until it has come, at most {@link FONT_WAIT_MS}. */
  readonly font: string
  /** Milliseconds that a change may move for; 0 for none. */
  readonly motionMs: number
}

/** What the painter tells its host. */
export interface PainterOptions {
  /** The element to paint in; null while it is not rendered. */
  readonly plot: () => HTMLElement | null
  /** A chart is on screen; `drawn` tells where its marks are. */
  readonly onPainted: (drawn: DrawnChart, size: ChartSize) => void
  /** ECharts did not arrive or could not paint. */
  readonly onFailed: (error: unknown) => void
}

const FONT_WAIT_MS = 1_000
/** Sizes change many times while a window is dragged; the chart follows when they rest. */
const RESIZE_REST_MS = 60

/** Owns one ECharts instance: loads, makes it once at its final size, follows size and plan, disposes of it. */
export class ChartPainter implements ReactiveController {
  readonly #host: ReactiveControllerHost
  readonly #options: PainterOptions
  #chart: EChartsType | undefined
  #canvas: HTMLElement | undefined
  #renderer: Renderer | undefined
  #request: PaintRequest | undefined
  #painted: PaintRequest | undefined
  #paintedSize: ChartSize = { width: 0, height: 0 }
  #size: ChartSize = { width: 0, height: 0 }
  #observer: ResizeObserver | undefined
  #observed: HTMLElement | undefined
  #restTimer: ReturnType<typeof setTimeout> | undefined
  #run = 0

  constructor(host: ReactiveControllerHost, options: PainterOptions) {
    this.#host = host
    this.#options = options
    host.addController(this)
  }

  /** Paints `request` as soon as the plot has a size; `undefined` takes the chart away. Call it after each render. */
  update(request: PaintRequest | undefined): void {
    const plot = request ? this.#options.plot() : null
    if (!request || !plot) {
      this.#release()
      return
    }
    this.#request = request
    if (plot !== this.#observed) {
      this.#release()
      this.#request = request
      this.#observe(plot)
    } else if (request.plan !== this.#painted?.plan || request.renderer !== this.#renderer) {
      void this.#paint()
    }
  }

  /** The picture as a data URL, such as for an export; undefined before the first paint. */
  toDataUrl(options: { readonly pixelRatio?: number; readonly backgroundColor?: string } = {}): string | undefined {
    return this.#chart?.getDataURL(options)
  }

  hostConnected(): void {
    this.#host.requestUpdate()
  }

  hostDisconnected(): void {
    this.#release()
  }

  #observe(plot: HTMLElement): void {
    this.#observed = plot
    this.#observer = new ResizeObserver((entries) => {
      const box = entries.at(-1)?.contentRect
      // Hidden tabs and closed panels report zero; the chart keeps its picture for when they return.
      if (!box || box.width < 1 || box.height < 1) return
      this.#size = { width: Math.round(box.width), height: Math.round(box.height) }
      clearTimeout(this.#restTimer)
      if (!this.#painted) void this.#paint()
      else if (!sameSize(this.#size, this.#paintedSize))
        this.#restTimer = setTimeout(() => void this.#paint(), RESIZE_REST_MS)
    })
    this.#observer.observe(plot)
  }

  async #paint(): Promise<void> {
    const run = ++this.#run
    try {
      const { font, renderer } = this.#request!
      if (this.#size.width === 0) return
      if (!isFontReady(font)) await waitForFont(font)
      if (run !== this.#run || !this.#request) return
      const drawn = this.#request.plan.draw(this.#size)
      const init = loadedParts(drawn.parts, renderer) ?? (await loadParts(drawn.parts, renderer))
      if (run !== this.#run || !this.#request || !this.#observed) return
      this.#apply(init, drawn, this.#request)
    } catch (error) {
      if (run === this.#run) this.#options.onFailed(error)
    }
  }

  #apply(init: InitChart, drawn: DrawnChart, request: PaintRequest): void {
    const { width, height } = this.#size
    if (this.#chart && this.#renderer !== request.renderer) this.#dispose()
    if (!this.#chart) {
      this.#canvas = document.createElement('div')
      this.#canvas.className = 'canvas'
      this.#observed!.prepend(this.#canvas)
      this.#chart = init(this.#canvas, null, { renderer: request.renderer, width, height })
      this.#renderer = request.renderer
      this.#chart.setOption(drawn.option)
      this.#observed!.classList.add('painted')
    } else {
      const resized = !sameSize(this.#size, this.#paintedSize)
      if (resized) this.#chart.resize({ width, height, silent: true })
      const moves = request.motionMs > 0 && !resized && request.plan !== this.#painted?.plan
      this.#chart.setOption(
        {
          ...drawn.option,
          animation: moves,
          animationDuration: request.motionMs,
          animationDurationUpdate: request.motionMs,
          animationEasingUpdate: 'cubicOut',
        },
        { replaceMerge: ['title', 'grid', 'dataset', 'xAxis', 'yAxis', 'series'] },
      )
    }
    this.#painted = request
    this.#paintedSize = this.#size
    this.#options.onPainted(drawn, this.#size)
  }

  #dispose(): void {
    this.#chart?.dispose()
    this.#chart = undefined
    this.#canvas?.parentElement?.classList.remove('painted')
    this.#canvas?.remove()
    this.#canvas = undefined
    this.#renderer = undefined
  }

  #release(): void {
    this.#run++
    clearTimeout(this.#restTimer)
    this.#observer?.disconnect()
    this.#observer = undefined
    this.#observed = undefined
    this.#request = undefined
    this.#painted = undefined
    this.#size = { width: 0, height: 0 }
    this.#paintedSize = this.#size
    this.#dispose()
  }
}

function sameSize(one: ChartSize, other: ChartSize): boolean {
  return one.width === other.width && one.height === other.height
}

function isFontReady(font: string): boolean {
  try {
    return document.fonts.check(font)
  } catch {
    // A family the browser cannot parse will not come either.
    return true
  }
}

async function waitForFont(font: string): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, FONT_WAIT_MS)
  })
  await Promise.race([document.fonts.load(font).then(undefined, () => undefined), limit])
  clearTimeout(timer)
}
