// Reads the definition of one column: its name, its type of any words, its constraints.

import type { ColumnConstraintSource, ColumnSource, Trivia } from './create-table.js'
import {
  type Deferral,
  type MeaningOf,
  parseConstraintName,
  parseDeferral,
  parseReferences,
  skipConflictClause,
} from './parse-clauses.js'
import { type TokenReader } from '../sql/token-reader.js'
import { unquote } from '../sql/tokens.js'

type Meaning = MeaningOf<ColumnConstraintSource>

/** The words that end a type, because a constraint begins with them. */
const constraintWords = new Set([
  'CONSTRAINT',
  'PRIMARY',
  'NOT',
  'NULL',
  'UNIQUE',
  'CHECK',
  'DEFAULT',
  'COLLATE',
  'REFERENCES',
  'AS',
  'DEFERRABLE',
])

export function parseColumn(reader: TokenReader): Omit<ColumnSource, keyof Trivia> {
  const nameText = reader.take().text
  const afterName = reader.end
  const typeStart = reader.start
  skipType(reader)
  const hasType = reader.end > afterName
  return {
    name: unquote(nameText),
    nameText,
    typeText: reader.sql.slice(afterName, reader.end),
    type: hasType ? reader.sql.slice(typeStart, reader.end) : '',
    constraints: parseConstraints(reader),
  }
}

function skipType(reader: TokenReader): void {
  while (isTypeWord(reader)) reader.take()
  if (reader.peek() === '(') reader.takeGroup()
}

function isTypeWord(reader: TokenReader): boolean {
  const kind = reader.peekKind()
  if (kind === 'quoted' || kind === 'string') return true
  return kind === 'word' && !constraintWords.has(reader.peek()) && !isGeneratedAlways(reader)
}

/** SQLite takes these two for words of the type as well, and then strips them off it. */
function isGeneratedAlways(reader: TokenReader): boolean {
  return reader.peek() === 'GENERATED' && reader.peek(1) === 'ALWAYS'
}

function parseConstraints(reader: TokenReader): readonly ColumnConstraintSource[] {
  let constraints: ColumnConstraintSource[] = []
  while (constraintWords.has(reader.peek()) || isGeneratedAlways(reader)) {
    const start = reader.end
    const constraintName = parseConstraintName(reader)
    const deferral = parseDeferral(reader)
    if (deferral !== undefined) constraints = withDeferral(constraints, deferral)
    const meaning = deferral === undefined ? parseMeaning(reader) : { kind: 'other' as const }
    constraints.push({ ...meaning, constraintName, text: reader.sql.slice(start, reader.end) })
  }
  return constraints
}

/** `REFERENCES a NOT NULL DEFERRABLE`: the last word belongs to the first two. */
function withDeferral(
  constraints: readonly ColumnConstraintSource[],
  deferral: Deferral,
): ColumnConstraintSource[] {
  const last = constraints.findLastIndex((constraint) => constraint.kind === 'references')
  return constraints.map((constraint, index) =>
    index === last && constraint.kind === 'references'
      ? { ...constraint, references: { ...constraint.references, ...deferral } }
      : constraint,
  )
}

function parseMeaning(reader: TokenReader): Meaning {
  const readers: Readonly<Record<string, (reader: TokenReader) => Meaning>> = meanings
  const word = reader.peek()
  const read = readers[word]
  if (read === undefined) return { kind: 'other' }
  reader.take()
  return read(reader)
}

/** What follows the first word of a constraint. */
const meanings = {
  PRIMARY: parsePrimaryKey,
  NOT: (reader) => {
    reader.expect('NULL')
    skipConflictClause(reader)
    return { kind: 'notNull' }
  },
  NULL: (reader) => {
    skipConflictClause(reader)
    return { kind: 'null' }
  },
  UNIQUE: (reader) => {
    skipConflictClause(reader)
    return { kind: 'unique' }
  },
  CHECK: (reader) => ({ kind: 'check', expression: reader.takeGroup() }),
  DEFAULT: (reader) => ({ kind: 'default', expression: takeDefault(reader) }),
  COLLATE: (reader) => ({ kind: 'collate', collation: reader.takeName() }),
  REFERENCES: (reader) => ({ kind: 'references', references: parseReferences(reader) }),
  GENERATED: parseGeneratedAlways,
  AS: parseGenerated,
} satisfies Record<string, (reader: TokenReader) => Meaning>

function parsePrimaryKey(reader: TokenReader): Meaning {
  reader.expect('KEY')
  const descending = reader.accept('DESC')
  reader.accept('ASC')
  skipConflictClause(reader)
  return { kind: 'primaryKey', autoincrement: reader.accept('AUTOINCREMENT'), descending }
}

function parseGeneratedAlways(reader: TokenReader): Meaning {
  reader.expect('ALWAYS')
  return reader.accept('AS') ? parseGenerated(reader) : { kind: 'other' }
}

function parseGenerated(reader: TokenReader): Meaning {
  const expression = reader.takeGroup()
  const stored = reader.accept('STORED')
  reader.accept('VIRTUAL')
  return { kind: 'generated', expression, stored }
}

/** A value with its sign, a word such as `CURRENT_TIMESTAMP`, or an expression in brackets. */
function takeDefault(reader: TokenReader): string {
  const start = reader.start
  if (reader.peek() === '(') reader.takeGroup()
  else {
    reader.acceptOneOf('+', '-')
    reader.take()
  }
  return reader.sql.slice(start, reader.end)
}
