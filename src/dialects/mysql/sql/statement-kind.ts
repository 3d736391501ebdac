// What a statement does, told by its first words.

import { isTrivia } from '../../sql-tokens.js'
import { ScriptTokens } from './tokens.js'

/**
 * Whether the server commits an open transaction with it. Temporary tables are made and dropped without:
 * https://dev.mysql.com/doc/refman/9.7/en/implicit-commit.html
 */
export function commitsImplicitly(sql: string): boolean {
  const [first = '', second = '', third = ''] = firstWords(sql)
  if (first === 'CREATE' || first === 'DROP')
    return second !== 'TEMPORARY' && !(second === 'OR' && third === 'REPLACE' && / temporary /i.test(sql))
  if (first === 'LOCK' || first === 'UNLOCK') return second.startsWith('TABLE')
  return committing.has(first)
}

const committing: ReadonlySet<string> = new Set([
  'ALTER',
  'ANALYZE',
  'GRANT',
  'OPTIMIZE',
  'RENAME',
  'REPAIR',
  'REVOKE',
  'TRUNCATE',
])

/** Whether it inserts or else changes rows; undefined where it is about structure or settings. */
export function rowChange(sql: string): 'insert' | 'other' | undefined {
  const [word = ''] = firstWords(sql)
  if (word === 'INSERT' || word === 'REPLACE') return 'insert'
  return changing.has(word) ? 'other' : undefined
}

const changing: ReadonlySet<string> = new Set(['CALL', 'DELETE', 'EXECUTE', 'LOAD', 'UPDATE', 'WITH'])

/** Whether it leaves nothing behind but in the session, unless it calls a function that does. */
export function onlyReads(sql: string): boolean {
  return reading.has(firstWords(sql)[0] ?? '')
}

const reading: ReadonlySet<string> = new Set([
  'SELECT',
  'SHOW',
  'DESCRIBE',
  'DESC',
  'EXPLAIN',
  'VALUES',
  'TABLE',
  'DO',
  'SET',
])

/** The first three, in capitals; of what follows the settings, where a statement has some of its own. */
function firstWords(sql: string): readonly string[] {
  const words = leadingWords(sql)
  return words[0] === 'SET' && words[1] === 'STATEMENT' ? leadingWords(withoutSettings(sql)) : words
}

/** The statement in MariaDB's `SET STATEMENT max_statement_time = 5 FOR …`; any other as it is. */
export function withoutSettings(sql: string): string {
  if (!/^\s*set\s+statement\s/i.test(sql)) return sql
  for (const { kind, text, offset } of new ScriptTokens(sql))
    if (kind === 'word' && /^for$/i.test(text)) return sql.slice(offset + text.length)
  return sql
}

function leadingWords(sql: string): readonly string[] {
  const plain = /^\s*([a-z]+)(?:\s+([a-z]+)(?:\s+([a-z]+))?)?(?=[\s`(;@]|$)/i.exec(sql)
  if (plain !== null) return plain.slice(1).map((word) => (word ?? '').toUpperCase())
  const words: string[] = []
  for (const token of new ScriptTokens(sql)) {
    if (isTrivia(token) || token.kind === 'conditional') continue
    words.push(token.kind === 'word' ? token.text.toUpperCase() : '')
    if (words.length === 3) break
  }
  return words
}
