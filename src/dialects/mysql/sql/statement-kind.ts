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

/** Whether it inserts rows, one of which may have been given a number by the server. */
export function isInsert(sql: string): boolean {
  return ['INSERT', 'REPLACE'].includes(firstWords(sql)[0] ?? '')
}

/** Whether it changes rows, rather than the structure or settings. */
export function changesRows(sql: string): boolean {
  return ['INSERT', 'REPLACE', 'UPDATE', 'DELETE', 'WITH', 'LOAD', 'CALL', 'EXECUTE'].includes(
    firstWords(sql)[0] ?? '',
  )
}

/** The first three, in capitals. */
function firstWords(sql: string): readonly string[] {
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
