// What a journal has to know of PostgreSQL's statements: which cannot be in a transaction
// (https://www.postgresql.org/docs/current/sql-commands.html, each command's page), and how to see whether one of those has
// taken effect. Of these only indexes and databases leave something to see; the rest but `CALL` and `DO` may run twice.

import type { Journaling, Session } from '../dialect.js'
import { evidenceOf } from '../evidence.js'
import { isTrivia } from '../sql-tokens.js'
import { tokens } from './sql/tokens.js'

const reads: ReadonlySet<string> = new Set(['SELECT', 'VALUES', 'TABLE', 'SHOW', 'EXPLAIN', 'WITH'])
/** `SET TRANSACTION` and `SET CONSTRAINTS` are of the transaction, and do no harm outside one. */
const ofSession: ReadonlySet<string> = new Set(['SET', 'RESET', 'LISTEN', 'UNLISTEN', 'DISCARD'])
/** Those that end or begin a transaction, and those that refuse to be in one. */
const alone: ReadonlySet<string> = new Set([
  'VACUUM',
  'CALL',
  'DO',
  'BEGIN',
  'START',
  'COMMIT',
  'END',
  'ROLLBACK',
  'ABORT',
  'CLUSTER',
])
const aloneWithObject: ReadonlySet<string> = new Set([
  'CREATE DATABASE',
  'DROP DATABASE',
  'ALTER SYSTEM',
  'CREATE TABLESPACE',
  'DROP TABLESPACE',
  'REINDEX DATABASE',
  'REINDEX SYSTEM',
  'REINDEX SCHEMA',
  'CREATE SUBSCRIPTION',
  'DROP SUBSCRIPTION',
])
const untold: ReadonlySet<string> = new Set(['CALL', 'DO'])

export const journaling: Journaling = {
  effectOf(sql) {
    const words = leadingWords(sql)
    const [first = '', second = ''] = words
    if (ofSession.has(first)) return 'session'
    if (alone.has(first) || aloneWithObject.has(`${first} ${second}`)) return 'immediate'
    if (words.includes('CONCURRENTLY')) return 'immediate'
    if (first === 'WITH') return /\b(?:insert|update|delete|merge)\b/i.test(sql) ? 'transactional' : 'none'
    return reads.has(first) ? 'none' : 'transactional'
  },

  parts: (statement) => [statement],

  /** What a concurrent build left that failed: it is not used, and stands in the way of the next try. */
  async prepare(session, { sql }) {
    const built = indexBuiltConcurrently(sql)
    if (built === undefined) return
    const rows = await session.query(
      "select format('%I.%I', n.nspname, c.relname) as name from pg_index i join pg_class c on c.oid = i.indexrelid " +
        'join pg_namespace n on n.oid = c.relnamespace where not i.indisvalid and c.relname = ? and i.indrelid = to_regclass(?)',
      [built.index, built.table],
    )
    for (const row of rows) await session.execute(`drop index concurrently if exists ${String(row['name'])}`)
  },

  async evidence(session, statement) {
    if (untold.has(leadingWords(statement.sql)[0] ?? '')) return undefined
    return evidenceOf(await visibleEffects(session))
  },
}

/** The valid indexes, where they lie on disk (a rebuilt one lies elsewhere), and the databases. */
async function visibleEffects(session: Session): Promise<unknown> {
  const indexes = await session.query(
    'select i.indexrelid::text, c.relname, c.relfilenode::text from pg_index i join pg_class c on c.oid = i.indexrelid ' +
      "join pg_namespace n on n.oid = c.relnamespace where i.indisvalid and n.nspname not in ('pg_catalog', 'pg_toast') order by 1",
  )
  return [indexes, await session.query('select datname from pg_database order by 1')]
}

interface BuiltIndex {
  readonly index: string
  /** As it is written, with its schema and its quotes. */
  readonly table: string
}

/** The names in `CREATE [UNIQUE] INDEX CONCURRENTLY [IF NOT EXISTS] name ON [ONLY] table`. */
function indexBuiltConcurrently(sql: string): BuiltIndex | undefined {
  const words = codeOf(sql, 16)
  const upper = words.map((word) => word.toUpperCase())
  const [at, on] = [upper.indexOf('CONCURRENTLY'), upper.indexOf('ON')]
  if (upper[0] !== 'CREATE' || at === -1 || on <= at + 1) return undefined
  const start = upper[on + 1] === 'ONLY' ? on + 2 : on + 1
  const table = words.slice(start, words[start + 1] === '.' ? start + 3 : start + 1).join('')
  return { index: unquoted(words[on - 1] ?? ''), table }
}

function unquoted(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name.toLowerCase()
}

function leadingWords(sql: string): readonly string[] {
  return codeOf(sql, 8).map((word) => word.toUpperCase())
}

/** The first tokens that are no white space and no comment. */
function codeOf(sql: string, count: number): readonly string[] {
  const words: string[] = []
  for (const token of tokens(sql)) {
    if (isTrivia(token)) continue
    words.push(token.text)
    if (words.length === count) break
  }
  return words
}
