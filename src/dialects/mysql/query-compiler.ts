import type { QueryCompiler } from '../query-compiler.js'

export const queryCompiler: QueryCompiler = {
  maxBindings: 65_535,
  compile() {
    throw new Error('skeleton')
  },
  rowLocator() {
    throw new Error('skeleton')
  },
  truncate() {
    throw new Error('skeleton')
  },
}
