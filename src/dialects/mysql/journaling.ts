// What a journal has to know of the statements of MySQL and MariaDB: which commit by themselves, and what the catalogue has
// to say of those. A change of structure is atomic there: after a crash it has taken effect or it has not
// (https://dev.mysql.com/doc/refman/9.7/en/atomic-ddl.html, https://mariadb.com/kb/en/atomic-ddl/).

import type { TableName } from '../../schema/table-name.js'
import type { Effect, Journaling, Session } from '../dialect.js'
import { evidenceOf, tablesOf } from '../evidence.js'
import { isTrivia } from '../sql-tokens.js'
import { quoteTable } from './sql/names.js'
import { commitsImplicitly } from './sql/statement-kind.js'
import { ScriptTokens } from './sql/tokens.js'

const reads: ReadonlySet<string> = new Set([
  'SELECT',
  'SHOW',
  'DESCRIBE',
  'DESC',
  'EXPLAIN',
  'VALUES',
  'TABLE',
])
const transactionWords: ReadonlySet<string> = new Set(['BEGIN', 'START', 'COMMIT', 'ROLLBACK', 'XA'])
/** They may change anything, or nothing that a catalogue shows. */
const untold: ReadonlySet<string> = new Set(['CALL', 'TRUNCATE', 'LOAD', 'XA'])

export const journaling: Journaling = {
  effectOf(sql): Effect {
    const [first = ''] = codeOf(sql, 1)
    const word = first.toUpperCase()
    if (reads.has(word)) return 'none'
    if (word === 'USE' || isOfSession(sql)) return 'session'
    return commitsImplicitly(sql) || transactionWords.has(word) || untold.has(word)
      ? 'immediate'
      : 'transactional'
  },

  /** `DROP TABLE a, b` drops one after the other on MariaDB, and each may be the last before a crash. */
  parts(statement) {
    const dropped = droppedTables(statement.sql)
    if (dropped === undefined || dropped.names.length < 2) return [statement]
    return dropped.names.map((name) => ({ ...statement, sql: `${dropped.head} ${name}` }))
  },

  prepare: () => Promise.resolve(),

  async evidence(session, { sql, operation }) {
    const [first = ''] = codeOf(sql, 1)
    if (untold.has(first.toUpperCase())) return undefined
    const names = operation === undefined ? namedTables(sql) : tablesOf(operation)
    const facts = names === undefined ? await everything(session) : await definitions(session, names)
    return evidenceOf(facts)
  },
}

/** Each table as the server would make it, without the counter, which grows with every row. */
async function definitions(session: Session, names: readonly TableName[]): Promise<unknown> {
  const found: unknown[] = []
  for (const name of names) {
    const row = await session
      .query(`show create table ${quoteTable(name)}`)
      .then(([first]) => first)
      .catch(() => undefined)
    found.push(row === undefined ? null : Object.values(row).map(withoutCounter))
  }
  return found
}

function withoutCounter(value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/ AUTO_INCREMENT=\d+/, '') : value
}

/** All that the catalogue has of the current database, and the names of the others. */
async function everything(session: Session): Promise<unknown> {
  const queries = [
    'select schema_name from information_schema.schemata order by 1',
    'select table_name, table_type, engine, table_collation, table_comment, create_options from information_schema.tables where table_schema = database() order by 1',
    'select table_name, column_name, ordinal_position, column_default, is_nullable, column_type, collation_name, extra, column_comment, generation_expression from information_schema.columns where table_schema = database() order by 1, 3',
    'select table_name, index_name, seq_in_index, column_name, sub_part, non_unique, index_type from information_schema.statistics where table_schema = database() order by 1, 2, 3',
    'select table_name, constraint_name, constraint_type from information_schema.table_constraints where table_schema = database() order by 1, 2',
    'select trigger_name, action_statement from information_schema.triggers where trigger_schema = database() order by 1',
    'select routine_type, routine_name, routine_definition from information_schema.routines where routine_schema = database() order by 1, 2',
    'select event_name, event_definition, status from information_schema.events where event_schema = database() order by 1',
    'select table_name, view_definition from information_schema.views where table_schema = database() order by 1',
  ]
  const facts: unknown[] = []
  for (const sql of queries) facts.push(await session.query(sql))
  return facts
}

const optionalWords: ReadonlySet<string> = new Set(['IF', 'NOT', 'EXISTS', 'ONLINE', 'OFFLINE', 'IGNORE'])

/** The table in `CREATE TABLE x`, `ALTER TABLE x`, `DROP TABLE x` and `CREATE INDEX i ON x`; undefined for anything else. */
function namedTables(sql: string): readonly TableName[] | undefined {
  const code = codeOf(sql, 24)
  const words = code.map((word) => word.toUpperCase())
  const [first = ''] = words
  if (!['CREATE', 'ALTER', 'DROP'].includes(first) || words.includes('RENAME')) return undefined
  const index = words.indexOf('INDEX')
  const kind = words.indexOf('TABLE')
  const at = kind !== -1 && kind <= 3 ? kind : index !== -1 && index <= 3 ? words.indexOf('ON') : -1
  if (at === -1) return undefined
  let start = at + 1
  while (optionalWords.has(words[start] ?? '')) start += 1
  const name = nameAt(code, start)
  return name === undefined ? undefined : [name]
}

/** `SET` of the session's variables or the user's own; those of the server and passwords outlast it. */
function isOfSession(sql: string): boolean {
  const [first = '', ...rest] = codeOf(sql, 24).map((word) => word.toUpperCase())
  const lasting = ['GLOBAL', 'PERSIST', 'PERSIST_ONLY', 'PASSWORD', '@@GLOBAL', '@@PERSIST']
  return first === 'SET' && !rest.some((word) => lasting.includes(word))
}

/** `x` or `d.x`, with or without backticks. */
function nameAt(code: readonly string[], start: number): TableName | undefined {
  const [one, dot, two] = code.slice(start, start + 3)
  if (one === undefined) return undefined
  return dot === '.' && two !== undefined
    ? { schema: unquoted(one), name: unquoted(two) }
    : { schema: undefined, name: unquoted(one) }
}

function unquoted(text: string): string {
  return text.startsWith('`') ? text.slice(1, -1).replaceAll('``', '`') : text
}

/** `DROP [TEMPORARY] TABLE [IF EXISTS] a, b` as its head and its names. */
function droppedTables(sql: string): { head: string; names: readonly string[] } | undefined {
  const match = /^\s*(drop\s+(?:temporary\s+)?tables?(?:\s+if\s+exists)?)\s/i.exec(sql)
  if (match === null) return undefined
  const [whole, head = ''] = match
  const names: string[] = ['']
  for (const token of new ScriptTokens(sql.slice(whole.length))) {
    if (token.text === ',') names.push('')
    else if (!isTrivia(token))
      names.push(
        `${names.pop() ?? ''}${token.kind === 'word' && /^(?:restrict|cascade)$/i.test(token.text) ? '' : token.text}`,
      )
  }
  return { head, names: names.filter((name) => name !== '') }
}

/** The first tokens that are no white space and no comment. */
function codeOf(sql: string, count: number): readonly string[] {
  const words: string[] = []
  for (const token of new ScriptTokens(sql)) {
    if (isTrivia(token) || token.kind === 'conditional') continue
    words.push(token.text)
    if (words.length === count) break
  }
  return words
}
