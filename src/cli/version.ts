// The version of this package, put in by the build.

import type { CommandResult } from './command.js'

declare const TIDEMARK_VERSION: string

export const versionResult: CommandResult = {
  data: { version: TIDEMARK_VERSION },
  print: (terminal) => terminal.line(TIDEMARK_VERSION),
}
