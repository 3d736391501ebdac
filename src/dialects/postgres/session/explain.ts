import type { DatabaseProblem } from '../../dialect.js'

export function explain(_error: unknown): DatabaseProblem {
  throw new Error('skeleton')
}
