// The transactions that a migration's own SQL begins and ends. One around all of it is the one in which Tidemark runs it
// anyway, together with its row in the ledger, and so its BEGIN and COMMIT are left out. Where structure cannot be changed in
// a transaction, BEGIN and COMMIT around such a change do nothing, and are left out too.

import { transactionControlOf } from '../connection/errors.js'
import type { Dialect } from '../dialects/dialect.js'
import type { SqlFragment } from '../dialects/sql-fragment.js'
import type { SqlWay } from './sql-sections.js'

interface SettledWay extends SqlWay {
  readonly transaction: boolean
}

/** The words without which there is nothing to settle. */
const hints =
  /\b(?:begin|start\s+transaction|commit|rollback|concurrently|vacuum|cluster|system|database|tablespace|schema|subscription)\b/i

/** A transaction with nothing about it that Tidemark's own has not. */
const plain =
  /^(?:begin|start\s+transaction|commit|end)(?:\s+(?:work|transaction|deferred|immediate|exclusive))*$/i

/**
 * What can be in no transaction, though it is no end of one: https://www.postgresql.org/docs/current/sql-commands.html and
 * https://www.sqlite.org/lang_vacuum.html.
 */
const alone =
  /^(?:vacuum|alter\s+system|(?:create|drop)\s+(?:database|tablespace|subscription)|reindex\s+(?:\([^)]*\)\s*)?(?:database|system|schema))\b|^cluster(?:\s+verbose)?$|^(?:create|drop|reindex|alter\s+table)\b(?:[^'"$]|"[^"]*"){0,200}\bconcurrently\b/i

/** Says of a way whether it is one transaction, and leaves out what Tidemark does in its place. */
export function settleTransaction(dialect: Dialect, way: SqlWay): SettledWay {
  // Whoever wants none and begins one in the SQL has it as it is written.
  if (way.transaction === false && dialect.capabilities.transactionalDdl)
    return { ...way, transaction: false }
  const settled = way.parts.map((part) => settlePart(dialect, part))
  return {
    parts: settled.map(({ sql }) => sql),
    transaction: way.transaction ?? !settled.some(({ standsAlone }) => standsAlone),
  }
}

interface SettledPart {
  readonly sql: string
  readonly standsAlone: boolean
}

function settlePart(dialect: Dialect, sql: string): SettledPart {
  const asItIs = { sql, standsAlone: false }
  if (!hints.test(sql)) return asItIs
  const statements = statementsOf(dialect, sql)
  const blocks = blocksOf(statements)
  if (blocks === undefined) return { sql, standsAlone: true }
  if (!dialect.capabilities.transactionalDdl) {
    const needless = blocks.filter(({ inside }) => inside.some((one) => commitsByItself(dialect, one)))
    return {
      sql: without(
        sql,
        needless.flatMap(({ ends }) => ends),
      ),
      standsAlone: false,
    }
  }
  if (statements.some(({ sql }) => alone.test(sql))) return { sql, standsAlone: true }
  const [block, ...others] = blocks
  if (block === undefined) return asItIs
  const isWhole = others.length === 0 && block.inside.length + block.ends.length === statements.length
  return isWhole && block.ends.every(({ sql }) => plain.test(sql))
    ? { sql: without(sql, block.ends), standsAlone: false }
    : { sql, standsAlone: true }
}

function commitsByItself(dialect: Dialect, { sql }: SqlFragment): boolean {
  return dialect.journaling.effectOf(sql) === 'immediate'
}

/** None where it cannot be read, which is said when it is run. */
function statementsOf(dialect: Dialect, sql: string): readonly SqlFragment[] {
  try {
    return dialect.split(sql)
  } catch {
    return []
  }
}

interface Block {
  /** BEGIN and COMMIT. */
  readonly ends: readonly [SqlFragment, SqlFragment]
  readonly inside: readonly SqlFragment[]
}

/** The transactions one after the other; undefined where they are not all begun and committed. */
function blocksOf(statements: readonly SqlFragment[]): readonly Block[] | undefined {
  const blocks: Block[] = []
  let start: number | undefined
  for (const [index, statement] of statements.entries()) {
    const control = transactionControlOf(statement.sql)
    if (control === undefined) continue
    const begin = start === undefined ? undefined : statements[start]
    if (control === 'rollback' || (control === 'begin') !== (begin === undefined)) return undefined
    if (start !== undefined && begin !== undefined)
      blocks.push({ ends: [begin, statement], inside: statements.slice(start + 1, index) })
    start = control === 'begin' ? index : undefined
  }
  return start === undefined ? blocks : undefined
}

/** The SQL with blanks for some of its statements, so that all others stay where they are. */
function without(sql: string, statements: readonly SqlFragment[]): string {
  const lines = sql.split('\n')
  let rest = sql
  for (const { line, column, sql: text } of statements) {
    const offset = lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0) + column - 1
    rest = rest.slice(0, offset) + text.replaceAll(/[^\n]/g, ' ') + rest.slice(offset + text.length)
  }
  return rest
}
