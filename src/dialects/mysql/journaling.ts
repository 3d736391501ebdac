// What a journal has to know of the statements of MySQL and MariaDB: which commit by themselves, and what the catalogue has
// to say of those. A change of structure is atomic there: after a crash it has taken effect or it has not
// (https://dev.mysql.com/doc/refman/9.7/en/atomic-ddl.html, https://mariadb.com/kb/en/atomic-ddl/).

import type { Effect, Journaling, Statement } from '../dialect.js'
import { evidenceOf, tablesOf } from '../evidence.js'
import { isTrivia } from '../sql-tokens.js'
import { definitionsOf, factsOf } from './evidence.js'
import { codeOf, immediateStatement } from './immediate.js'
import type { Flavour } from './server.js'
import { harmOf } from './session-harm.js'
import { memory } from './session-memory.js'
import { quoteTable } from './sql/names.js'
import { commitsImplicitly, withoutSettings } from './sql/statement-kind.js'
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
/** What they prepare is of the session too; `DROP PREPARE` is. */
const ofSession: ReadonlySet<string> = new Set(['USE', 'PREPARE', 'DEALLOCATE'])
/** They may change anything, or nothing that a catalogue shows. */
const untold: ReadonlySet<string> = new Set(['CALL', 'LOAD', 'XA'])

export function journalingOf(flavour: Flavour): Journaling {
  return {
    effectOf,

    parts: (statement) => (flavour.dropsOneByOne ? partsOf(statement) : [statement]),

    prepare: () => Promise.resolve(),

    harmOf,

    memory,

    async evidence(session, { sql, operation }) {
      const facts =
        operation === undefined
          ? await factsOf(session, immediateStatement(withoutSettings(sql)), flavour)
          : await definitionsOf(session, tablesOf(operation))
      return facts === undefined ? undefined : evidenceOf(facts)
    },
  }
}

function effectOf(statement: string): Effect {
  const sql = withoutSettings(statement)
  const [first = '', second = ''] = codeOf(sql, 2)
  const word = first.toUpperCase()
  if (reads.has(word)) return 'none'
  if (ofSession.has(word) || isOfSession(sql) || /^prepare$/i.test(second)) return 'session'
  // What was prepared is known to the server alone.
  if (word === 'EXECUTE') return 'unforeseen'
  return commitsImplicitly(sql) || transactionWords.has(word) || untold.has(word)
    ? 'immediate'
    : 'transactional'
}

/** `SET` of the session's variables or the user's own; those of the server and passwords outlast it. */
function isOfSession(sql: string): boolean {
  const [first = '', ...rest] = codeOf(sql, 24).map((word) => word.toUpperCase())
  const lasting = ['GLOBAL', 'PERSIST', 'PERSIST_ONLY', 'PASSWORD', '@@GLOBAL', '@@PERSIST']
  return first === 'SET' && !rest.some((word) => lasting.includes(word))
}

/**
 * `DROP TABLE a, b` drops one after the other on MariaDB, and `CREATE OR REPLACE TABLE` drops before it creates: each step may
 * be the last before a crash.
 */
function partsOf(statement: Statement): readonly Statement[] {
  if (!/^(?:create|drop)$/i.test(codeOf(statement.sql, 1)[0] ?? '')) return [statement]
  const sql = withoutComments(statement.sql)
  const [replacing, thing = ''] = /^\s*create\s+or\s+replace\s+(table|sequence)\b/i.exec(sql) ?? []
  if (replacing !== undefined) {
    const created = `create ${thing}${sql.slice(replacing.length)}`
    const changed = immediateStatement(created)
    const name = changed.kind === 'tables' ? changed.names.map(quoteTable).join() : ''
    const drop = { ...statement, sql: `drop ${thing} if exists ${name}`, bindings: [] }
    return [drop, { ...statement, sql: created }]
  }
  const dropped = droppedThings(sql)
  if (dropped === undefined || dropped.names.length < 2) return [statement]
  return dropped.names.map((name) => ({ ...statement, sql: `${dropped.head} ${name}` }))
}

/** A comment separates words as white space does. */
function withoutComments(sql: string): string {
  return [...new ScriptTokens(sql)].map(({ kind, text }) => (kind === 'comment' ? ' ' : text)).join('')
}

/** `DROP [TEMPORARY] TABLE [IF EXISTS] a, b`, or of views, as its head and its names. */
function droppedThings(sql: string): { head: string; names: readonly string[] } | undefined {
  const match = /^\s*(drop\s+(?:(?:temporary\s+)?tables?|view)(?:\s+if\s+exists)?)\s/i.exec(sql)
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
