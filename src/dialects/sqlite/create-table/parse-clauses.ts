// The clauses that a constraint of a column and a constraint of a table have in common.

import type { ReferencesSource } from './create-table.js'
import type { TokenReader } from '../sql/token-reader.js'

/** What a constraint says, without its words. Distributes over a union, which `Omit` alone would melt into one shape. */
export type MeaningOf<Constraint> = Constraint extends unknown
  ? Omit<Constraint, 'text' | 'constraintName'>
  : never

export type Deferral = Pick<ReferencesSource, 'deferrable' | 'initiallyDeferred'>

/** Takes `CONSTRAINT name` where it comes next, and gives the name. Of several in a row the last one counts. */
export function parseConstraintName(reader: TokenReader): string | undefined {
  let name: string | undefined
  while (reader.accept('CONSTRAINT')) name = reader.takeName()
  return name
}

/** Takes `ON CONFLICT …` where it comes next. */
export function skipConflictClause(reader: TokenReader): void {
  if (reader.accept('ON', 'CONFLICT')) reader.take()
}

/** Takes what follows the word `REFERENCES`. */
export function parseReferences(reader: TokenReader): ReferencesSource {
  const table = reader.takeName()
  const columns = reader.peek() === '(' ? reader.takeColumnList().columns : []
  while (skipReferenceAction(reader));
  return { table, columns, ...(parseDeferral(reader) ?? { deferrable: false, initiallyDeferred: false }) }
}

/** Takes `[NOT] DEFERRABLE [INITIALLY …]` where it comes next. */
export function parseDeferral(reader: TokenReader): Deferral | undefined {
  const isNegated = reader.accept('NOT', 'DEFERRABLE')
  if (!isNegated && !reader.accept('DEFERRABLE')) return undefined
  const isDeferred = reader.accept('INITIALLY') && reader.take().text.toUpperCase() === 'DEFERRED'
  return { deferrable: !isNegated, initiallyDeferred: !isNegated && isDeferred }
}

/** Takes `ON DELETE …`, `ON UPDATE …` or `MATCH …`. SQLite knows an `ON INSERT` too, which does nothing. */
function skipReferenceAction(reader: TokenReader): boolean {
  if (reader.accept('MATCH')) {
    reader.take()
    return true
  }
  if (!reader.accept('ON')) return false
  reader.take()
  reader.acceptOneOf('SET', 'NO')
  reader.take()
  return true
}
