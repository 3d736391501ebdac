import { version } from '../support/version.js'
import type { CommandResult } from './command.js'

export const versionResult: CommandResult = {
  data: { version },
  print: (terminal) => terminal.line(version),
}
