import type { Value } from '../../../schema/expression.js'
import type { Operation } from '../../../schema/operations.js'
import type { Statement } from '../../dialect.js'

/** A statement that is one step of an operation. */
export function statement(sql: string, operation: Operation, bindings: readonly Value[] = []): Statement {
  return { sql, bindings, operation }
}
