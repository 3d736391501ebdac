// What a statement does, told by its words alone: both drivers give the number of changed rows of whatever statement
// changed rows last, and only one of them knows which statements change none.

import { MultipleStatementsError } from '../../errors.js'
import { splitSql } from './split.js'
import { isTrivia, tokenize } from './tokens.js'

/** `other` is all that is about structure, settings and transactions. */
export type StatementKind = 'read' | 'insert' | 'change' | 'other'

const kinds: Readonly<Record<string, StatementKind>> = {
  SELECT: 'read',
  VALUES: 'read',
  EXPLAIN: 'read',
  INSERT: 'insert',
  REPLACE: 'insert',
  UPDATE: 'change',
  DELETE: 'change',
}

export function statementKind(sql: string): StatementKind {
  const word = firstWord(sql)
  if (word !== 'WITH') return kinds[word] ?? 'other'
  return (
    topLevelWords(sql)
      .map((word) => kinds[word.toUpperCase()])
      .find((kind) => kind !== undefined) ?? 'other'
  )
}

/**
 * Whether it is an EXPLAIN. One that was prepared before the structure changed shows the program as it was then, and
 * reads memory that dropped tables have given back: SQLite checks the structure only when a program runs.
 */
export function isExplanation(sql: string): boolean {
  return firstWord(sql) === 'EXPLAIN'
}

function firstWord(sql: string): string {
  return (/^\s*([a-z]+)/i.exec(sql)?.[1] ?? topLevelWords(sql)[0] ?? '').toUpperCase()
}

/** @throws MultipleStatementsError where there is more than one; one of the drivers would drop all but the first */
export function assertSingleStatement(sql: string): void {
  const semicolon = sql.indexOf(';')
  if (semicolon === -1 || sql.slice(semicolon + 1).trim() === '') return
  const count = splitSql(sql).length
  if (count > 1) throw new MultipleStatementsError(sql, count)
}

/** The bare words outside brackets. */
function topLevelWords(sql: string): readonly string[] {
  const words: string[] = []
  let depth = 0
  for (const token of tokenize(sql)) {
    if (isTrivia(token)) continue
    if (token.text === '(') depth += 1
    else if (token.text === ')') depth -= 1
    else if (depth === 0 && token.kind === 'word') words.push(token.text)
  }
  return words
}
