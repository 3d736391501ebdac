import type { Value } from '../../../schema/expression.js'

export function quoteIdentifier(_name: string): string {
  throw new Error('skeleton')
}

export function literal(_value: Value): string {
  throw new Error('skeleton')
}
