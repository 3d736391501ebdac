// Reads one constraint of a table: those that follow the columns.

import type { TableConstraintSource, Trivia } from './create-table.js'
import { type MeaningOf, parseConstraintName, parseReferences, skipConflictClause } from './parse-clauses.js'
import type { TokenReader } from '../sql/token-reader.js'

/** Distributes over the union, which `Omit` alone would melt into one shape. */
type WithoutPlace<Item> = Item extends unknown ? Omit<Item, keyof Trivia | 'isJoined'> : never
type ParsedConstraint = WithoutPlace<TableConstraintSource>
type Meaning = MeaningOf<ParsedConstraint>

const firstWords = new Set(['CONSTRAINT', 'PRIMARY', 'UNIQUE', 'CHECK', 'FOREIGN'])

/** Takes a constraint where one comes next; these words cannot be the name of a column unless they are quoted. */
export function parseTableConstraint(reader: TokenReader): ParsedConstraint | undefined {
  if (!firstWords.has(reader.peek())) return undefined
  const start = reader.start
  const constraintName = parseConstraintName(reader)
  const meaning = parseMeaning(reader)
  return { ...meaning, constraintName, text: reader.sql.slice(start, reader.end) }
}

function parseMeaning(reader: TokenReader): Meaning {
  if (reader.accept('PRIMARY', 'KEY'))
    return withConflictClause(reader, { kind: 'primaryKey', ...reader.takeColumnList() })
  if (reader.accept('UNIQUE')) {
    return withConflictClause(reader, { kind: 'unique', columns: reader.takeColumnList().columns })
  }
  if (reader.accept('CHECK'))
    return withConflictClause(reader, { kind: 'check', expression: reader.takeGroup() })
  if (!reader.accept('FOREIGN', 'KEY')) return { kind: 'other' }
  const { columns } = reader.takeColumnList()
  reader.expect('REFERENCES')
  return { kind: 'foreignKey', columns, references: parseReferences(reader) }
}

function withConflictClause(reader: TokenReader, meaning: Meaning): Meaning {
  skipConflictClause(reader)
  return meaning
}
