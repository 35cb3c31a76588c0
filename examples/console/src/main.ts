import '@datainsight/embed/dashboard/define'
import '@datainsight/embed/provider/define'
import { applyThemeChoice, readThemeChoice } from './theme-choice.ts'
import './console-app.ts'

applyThemeChoice(readThemeChoice())
