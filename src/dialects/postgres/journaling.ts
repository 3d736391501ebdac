// What a journal has to know of PostgreSQL's statements: which cannot be in a transaction
// (https://www.postgresql.org/docs/current/sql-commands.html, each command's page), and how to see whether one of those has
// taken effect. That is asked of the one thing that it makes or drops, because others work on the same database meanwhile;
// what leaves nothing to see may run twice, but for a `CALL` or `DO` that ends transactions itself.

import type { Effect, Journaling, Session } from '../dialect.js'
import { evidenceOf } from '../evidence.js'
import { sqlState } from './session/sql-state.js'
import { type ImmediateStatement, codeOf, immediateStatement } from './immediate.js'

const reads: ReadonlySet<string> = new Set(['SELECT', 'VALUES', 'TABLE', 'SHOW', 'EXPLAIN', 'WITH'])
/** `SET TRANSACTION` and `SET CONSTRAINTS` are of the transaction, and do no harm outside one. */
const ofSession: ReadonlySet<string> = new Set([
  'SET',
  'RESET',
  'LISTEN',
  'UNLISTEN',
  'DISCARD',
  'DEALLOCATE',
])
/** Those that end or begin a transaction, and those that refuse to be in one, or may. */
const alone: ReadonlySet<string> = new Set([
  'VACUUM',
  'BEGIN',
  'START',
  'COMMIT',
  'END',
  'ROLLBACK',
  'ABORT',
  'CLUSTER',
  'REINDEX',
])
const aloneWithObject: ReadonlySet<string> = new Set([
  'CREATE DATABASE',
  'DROP DATABASE',
  'ALTER DATABASE',
  'ALTER SYSTEM',
  'CREATE TABLESPACE',
  'DROP TABLESPACE',
  'CREATE SUBSCRIPTION',
  'DROP SUBSCRIPTION',
  'ALTER SUBSCRIPTION',
])
/** `REFRESH MATERIALIZED VIEW CONCURRENTLY` may be in a transaction. */
const mayBeConcurrent: ReadonlySet<string> = new Set(['CREATE', 'DROP', 'ALTER'])
/** Their code may commit, where it is in no transaction of others, and then nobody sees how far it came. */
const blocks: ReadonlySet<string> = new Set(['CALL', 'DO'])
/** `invalid_transaction_termination` */
const endedTransaction = '2D000'

export const journaling: Journaling = {
  effectOf(sql): Effect {
    const words = codeOf(sql).map((word) => word.toUpperCase())
    const [first = '', second = ''] = words
    if (ofSession.has(first) || setsByFunction(words)) return 'session'
    if (alone.has(first) || aloneWithObject.has(`${first} ${second}`)) return 'immediate'
    if (blocks.has(first)) return 'contained'
    if (mayBeConcurrent.has(first) && words.includes('CONCURRENTLY')) return 'immediate'
    if (first === 'WITH') return /\b(?:insert|update|delete|merge)\b/i.test(sql) ? 'transactional' : 'none'
    return reads.has(first) ? 'none' : 'transactional'
  },

  parts: (statement) => [statement],

  harmOf(sql) {
    const [first, second, third] = codeOf(sql).map((word) => word.toUpperCase())
    const named = first === 'SET' && (second === 'SESSION' || second === 'LOCAL') ? third : second
    const isHarmed =
      ((first === 'DISCARD' || first === 'RESET') && second === 'ALL') ||
      ((first === 'SET' || first === 'RESET') && named === 'APPLICATION_NAME')
    return isHarmed
      ? 'It takes the application_name away by which the session of a migrator is known'
      : undefined
  },

  endsTransactions: (error) => sqlState(error) === endedTransaction,

  async prepare(session, { sql }) {
    const statement = immediateStatement(sql)
    if (statement.kind === 'detach partition') return await finishDetaching(session, statement)
    for (const name of await leftIndexes(session, statement))
      await session.execute(`drop index concurrently if exists ${name}`)
  },

  async evidence(session, { sql }) {
    const [first = ''] = codeOf(sql)
    return blocks.has(first.toUpperCase())
      ? undefined
      : evidenceOf(await factsOf(session, immediateStatement(sql)))
  },
}

/** `select set_config('search_path', …)`, as pg_dump writes it. */
function setsByFunction(words: readonly string[]): boolean {
  const [first, second, third, fourth] = words
  const name = second === 'PG_CATALOG' && third === '.' ? fourth : second
  return first === 'SELECT' && name === 'SET_CONFIG'
}

async function factsOf(session: Session, statement: ImmediateStatement): Promise<unknown> {
  const [sql, name] = factsQuery(statement) ?? []
  return sql === undefined ? undefined : await session.query(sql, [name ?? null])
}

/** A concurrent build that was cut off leaves its index, which is not valid: only a valid one has been made. */
function factsQuery(statement: ImmediateStatement): [sql: string, name: string | null] | undefined {
  const { kind } = statement
  if (kind === 'create index')
    return [
      'select indexrelid::text from pg_index where indisvalid and indrelid = to_regclass(?) order by 1',
      statement.table,
    ]
  // One that is being dropped is no longer valid before it is gone.
  if (kind === 'drop index') return ['select to_regclass(?)::oid::text', statement.index]
  if (kind === 'detach partition')
    return ['select inhparent::text from pg_inherits where inhrelid = to_regclass(?)', statement.partition]
  if (kind === 'database')
    return ['select oid::text, dattablespace::text from pg_database where datname = ?', statement.name]
  if (kind === 'tablespace') return ['select oid::text from pg_tablespace where spcname = ?', statement.name]
  if (kind === 'subscription')
    return ['select oid::text from pg_subscription where subname = ?', statement.name]
  return undefined
}

const invalidIndexes =
  "select format('%I.%I', n.nspname, c.relname) as name from pg_index i join pg_class c on c.oid = i.indexrelid " +
  "join pg_namespace n on n.oid = c.relnamespace where not i.indisvalid and c.relkind = 'i'"

/** Of an index or a table, its partitions, and what holds its long values. */
const ofRelation =
  'i.indrelid in (with named as (select to_regclass(?)::oid as oid), ' +
  'tree as (select oid from named union select relid from named, pg_partition_tree(named.oid)), ' +
  'tables as (select oid from tree union select indrelid from pg_index where indexrelid in (select oid from tree)) ' +
  'select oid from tables union select reltoastrelid from pg_class where oid in (select oid from tables))'

/** What an earlier try has left that is of no use, and stands in the way of the next one or remains for ever. */
async function leftIndexes(session: Session, statement: ImmediateStatement): Promise<readonly string[]> {
  const select = async (condition: string, bindings: readonly (string | null)[]) =>
    (await session.query(`${invalidIndexes} and ${condition}`, bindings)).map(({ name }) => String(name))
  if (statement.kind === 'create index') {
    const { index, table } = statement
    // One without a name gets another one each time.
    const isNamed = index === undefined ? '' : ' and c.relname = ?'
    return await select(`i.indrelid = to_regclass(?)${isNamed}`, [
      table,
      ...(index === undefined ? [] : [index]),
    ])
  }
  if (statement.kind !== 'reindex') return []
  // https://www.postgresql.org/docs/current/sql-reindex.html#SQL-REINDEX-CONCURRENTLY
  const isLeft = "c.relname ~ '_cc(new|old)[0-9]*$'"
  const { relation } = statement
  return relation === undefined
    ? await select(isLeft, [])
    : await select(`${isLeft} and ${ofRelation}`, [relation])
}

/** https://www.postgresql.org/docs/current/sql-altertable.html: FINALIZE is for one that was cut off. */
async function finishDetaching(
  session: Session,
  { table, partition }: ImmediateStatement & { kind: 'detach partition' },
): Promise<void> {
  const [pending] = await session.query(
    'select 1 from pg_inherits where inhdetachpending and inhrelid = to_regclass(?)',
    [partition],
  )
  if (pending !== undefined)
    await session.execute(`alter table ${String(table)} detach partition ${String(partition)} finalize`)
}
