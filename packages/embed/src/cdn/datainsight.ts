import '../provider/define.ts'
import '../dashboard/define.ts'
import '../filter/define.ts'

// What tiles show comes right behind, so that the page's first request need not wait for it.
void import('../metric/define.ts')
void import('../table/define.ts')
void import('../chart/define.ts')
