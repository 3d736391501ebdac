// The rebuild that stands in for what ALTER TABLE cannot do: a new table, the rows copied, the old table dropped, the
// new one renamed (https://www.sqlite.org/lang_altertable.html#otheralter). Pure: two states of a table and a few
// facts in, statements out. Values that only the database knows, such as a counter, are carried over by SQL.
//
// All of it runs while foreign keys are not enforced, because dropping a table deletes its rows first, and that would
// delete or change the rows that reference them. The rename runs with `legacy_alter_table`, so that views and triggers
// that mention the table neither stop it nor are rewritten: they name the table that stands again afterwards.

import type { Statement } from '../../dialect.js'
import type { CreateTableSource } from '../create-table/create-table.js'
import { withoutQualifier } from '../sql/mentions.js'
import { literal, quoteIdentifier } from '../sql/literal.js'
import { quoteNames, quoteTable } from '../sql/names.js'
import { mapExpressions } from '../create-table/edit-table.js'
import { printCreateTable } from '../create-table/print-create-table.js'
import { copiedColumns, hasCounter } from './rebuild-columns.js'
import { inSchema } from '../create-table/stored-sql.js'
import type { TableState } from './table-state.js'

export interface RebuildFacts {
  /** A name that nothing in the table's schema has. */
  readonly temporaryName: string
  /** The tables of ANALYZE that the table's schema has: `sqlite_stat1`, `sqlite_stat4`. */
  readonly statistics: readonly string[]
  /** Whether the session renames in the old way anyhow. */
  readonly isLegacyRename: boolean
}

/** The statements that turn the table `before` into the table `after`. */
export function rebuild(before: TableState, after: TableState, facts: RebuildFacts): readonly Statement[] {
  const schema = before.qualifier
  const temporary = { schema, name: facts.temporaryName }
  return [
    step(createTemporary(before, after, facts), `make the new "${before.name}" under a name of its own`),
    step(copyRows(before, after, facts), 'copy the rows'),
    ...carryCounter(before, after, facts),
    ...facts.statistics.map((table) => carryStatistics(before, table, facts)),
    step(`drop table ${quoteTable({ schema, name: before.name })}`, 'drop the old table'),
    ...legacyRename(
      step(
        `alter table ${quoteTable(temporary)} rename to ${quoteIdentifier(before.name)}`,
        'put the new table in its place',
      ),
      facts,
    ),
    ...facts.statistics.flatMap((table) => restoreStatistics(before, after, table, facts)),
    ...after.indexes.map(({ name, sql }) => step(inSchema(sql, schema), `index "${name}" again`)),
    ...after.triggers.map((trigger) =>
      step(inSchema(trigger.sql, trigger.qualifier), `make trigger "${trigger.name}" again`),
    ),
  ]
}

function step(sql: string, note: string): Statement {
  return { sql, bindings: [], note, withoutForeignKeys: true }
}

function createTemporary(before: TableState, after: TableState, facts: RebuildFacts): string {
  const schema = before.qualifier
  const head = schema === undefined ? 'CREATE TABLE ' : `CREATE TABLE ${quoteIdentifier(schema)}.`
  return printCreateTable({ ...unqualified(after.source, before.name), head }, { name: facts.temporaryName })
}

/** A check may say `users.age`, which the table does not understand while it has another name. */
function unqualified(source: CreateTableSource, table: string): CreateTableSource {
  return mapExpressions(source, (text) => withoutQualifier(text, table))
}

/** `or abort` stands above the table's own ON CONFLICT clauses, with which a row could vanish without a word. */
function copyRows(before: TableState, after: TableState, facts: RebuildFacts): string {
  const { into, from } = copiedColumns(before, after)
  const schema = before.qualifier
  const source = quoteTable({ schema, name: before.name })
  const target = quoteTable({ schema, name: facts.temporaryName })
  if (into.length === 0) return `insert or abort into ${target} select from ${source}`
  return `insert or abort into ${target} (${quoteNames(into)}) select ${quoteNames(from)} from ${source}`
}

/** The counter of AUTOINCREMENT, which may be above the highest row. */
function carryCounter(before: TableState, after: TableState, facts: RebuildFacts): readonly Statement[] {
  if (!hasCounter(before.source) || !hasCounter(after.source)) return []
  const sequence = quoteTable({ schema: before.qualifier, name: 'sqlite_sequence' })
  const temporary = literal(facts.temporaryName)
  return [
    step(`delete from ${sequence} where name = ${temporary}`, 'carry the counter over'),
    step(
      `insert into ${sequence} (name, seq) select ${temporary}, seq from ${sequence} where name = ${literal(before.name)}`,
      'carry the counter over',
    ),
  ]
}

const statisticsColumns: Readonly<Record<string, string>> = {
  sqlite_stat1: 'idx, stat',
  sqlite_stat4: 'idx, neq, nlt, ndlt, sample',
}

/** Dropping a table drops what ANALYZE knows of it; kept under the new table's name, it stays. */
function carryStatistics(before: TableState, table: string, facts: RebuildFacts): Statement {
  const statistics = quoteTable({ schema: before.qualifier, name: table })
  const columns = statisticsColumns[table] ?? ''
  return step(
    `insert into ${statistics} (tbl, ${columns}) select ${literal(facts.temporaryName)}, ${columns} ` +
      `from ${statistics} where tbl = ${literal(before.name)}`,
    'carry the statistics over',
  )
}

function restoreStatistics(
  before: TableState,
  after: TableState,
  table: string,
  facts: RebuildFacts,
): readonly Statement[] {
  const statistics = quoteTable({ schema: before.qualifier, name: table })
  const kept = after.indexes.map(({ name }) => literal(name)).join(', ')
  return [
    step(
      `delete from ${statistics} where tbl = ${literal(facts.temporaryName)} and idx not like 'sqlite\\_autoindex\\_%' escape '\\' and idx not in (${kept})`,
      'carry the statistics over',
    ),
    step(
      `update ${statistics} set tbl = ${literal(before.name)} where tbl = ${literal(facts.temporaryName)}`,
      'carry the statistics over',
    ),
  ]
}

function legacyRename(rename: Statement, { isLegacyRename }: RebuildFacts): readonly Statement[] {
  if (isLegacyRename) return [rename]
  return [
    step('pragma legacy_alter_table = on', 'leave views and triggers as they are'),
    rename,
    { ...step('pragma legacy_alter_table = off', 'rename as usual again'), restoresSetting: true },
  ]
}
