import '@datainsight/embed/define'
import { applyThemeChoice, readThemeChoice } from './theme-choice.ts'
import './console-app.ts'

applyThemeChoice(readThemeChoice())
