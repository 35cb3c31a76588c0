import '../provider/define.ts'
import '../dashboard/define.ts'
import '../metric/define.ts'
import '../filter/define.ts'

// Tables and charts come right behind, so that a dashboard's first paint need not wait for them.
void import('../table/define.ts')
void import('../chart/define.ts')
