import { DatasetComponent, GridSimpleComponent, TitleComponent } from 'echarts/components'
import { CanvasRenderer } from 'echarts/renderers'

export { init, use } from 'echarts/core'

/**
 * What every chart needs. The simple grid has no axis pointer: pointing, tooltips and legends are the element's own, in DOM.
 */
export const baseParts = [CanvasRenderer, GridSimpleComponent, DatasetComponent, TitleComponent]
