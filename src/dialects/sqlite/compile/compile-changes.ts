// The changes of one table: natively as long as SQLite can, else all of them in one rebuild.

import type { TableName } from '../../../schema/table-name.js'
import type { Session, Statement } from '../../dialect.js'
import { type TableChange, applyChange, canAlter, nativeSql } from './alter.js'
import { refuseBrokenDependents, refuseReferencedColumns } from './compile-drops.js'
import { hoistRenames } from './hoist-renames.js'
import { quoteIdentifier } from '../sql/literal.js'
import { temporaryName } from '../sql/names.js'
import type { Preview } from './preview.js'
import { refuseReferencedKeys } from './referenced-keys.js'
import { type RebuildFacts, rebuild } from './rebuild.js'
import { startingValueSql } from './starting-value.js'
import { type TableState, readTable, tableNameOf } from './table-state.js'

/** What can be compiled before the table has to be read again. */
interface Step {
  readonly statements: readonly Statement[]
  readonly done: readonly TableChange[]
  readonly rest: readonly TableChange[]
}

export async function compileChanges(
  name: TableName,
  operations: readonly TableChange[],
  preview: Preview,
): Promise<readonly Statement[]> {
  const statements: Statement[] = []
  for (let pending = operations; pending.length > 0;) {
    const session = await preview.session()
    const table = await readTable(session, name)
    const step = nativeStep(table, pending) ?? (await rebuildStep(session, table, pending))
    await refuseReferencedColumns(session, table, step.done)
    await refuseReferencedKeys(session, table, step.done)
    await refuseBrokenDependents(session, table, step.done, step.statements)
    statements.push(...step.statements)
    preview.add(step.statements)
    pending = step.rest
  }
  return statements
}

/** Native statements up to where the stored SQL must be read again; undefined where a change needs a rebuild. */
function nativeStep(table: TableState, operations: readonly TableChange[]): Step | undefined {
  const statements: Statement[] = []
  let state = table
  let isRenamed = false
  for (const [index, operation] of operations.entries()) {
    if (isRenamed && readsStoredSql(operation))
      return { statements, done: operations.slice(0, index), rest: operations.slice(index) }
    const after = applyChange(state, operation)
    if (!canAlter(state, operation).isNative) return undefined
    statements.push(...nativeSql(state, operation).map((sql) => ({ sql, bindings: [], operation })))
    state = after
    isRenamed ||= operation.kind === 'renameColumn'
  }
  return { statements, done: operations, rest: [] }
}

/** Whether it looks at expressions or stored statements, which a rename rewrites. */
function readsStoredSql({ kind }: TableChange): boolean {
  return kind === 'dropColumns' || kind === 'renameIndex'
}

async function rebuildStep(
  session: Session,
  table: TableState,
  operations: readonly TableChange[],
): Promise<Step> {
  const { renames, changes, rest } = hoistRenames(table, operations)
  if (renames.length > 0) {
    const renamed = nativeStep(table, renames)
    return { statements: renamed?.statements ?? [], done: renames, rest: [...changes, ...rest] }
  }
  let state = table
  let cause: { readonly operation: TableChange; readonly reason: string } | undefined
  for (const operation of changes) {
    const route = canAlter(state, operation)
    if (!route.isNative) cause ??= { operation, reason: route.reason }
    state = applyChange(state, operation)
  }
  const statements = rebuild(table, state, await readFacts(session, table))
  return {
    statements: [
      ...statements.map((statement) => withCause(statement, cause)),
      ...startingValues(table, changes),
    ],
    done: changes,
    rest,
  }
}

function startingValues(table: TableState, changes: readonly TableChange[]): readonly Statement[] {
  return changes.flatMap((change) =>
    change.kind === 'addColumn' || change.kind === 'changeColumn'
      ? startingValueSql(tableNameOf(table), change.column, change)
      : [],
  )
}

function withCause(
  statement: Statement,
  cause: { readonly operation: TableChange; readonly reason: string } | undefined,
): Statement {
  if (cause === undefined) return statement
  return { ...statement, operation: cause.operation, note: `${statement.note ?? ''} (${cause.reason})` }
}

async function readFacts(session: Session, table: TableState): Promise<RebuildFacts> {
  const statistics = await session.query(
    `select name from ${quoteIdentifier(table.schema)}.sqlite_schema where name in ('sqlite_stat1', 'sqlite_stat4') order by name`,
  )
  return {
    temporaryName: await freeName(session, table),
    statistics: statistics.map((row) => String(row['name'])),
    isLegacyRename: Number(await session.setting('legacy_alter_table')) === 1,
  }
}

async function freeName(session: Session, table: TableState): Promise<string> {
  const wanted = temporaryName(table.name)
  const sql = `select 1 from ${quoteIdentifier(table.schema)}.sqlite_schema where name = ? collate nocase`
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? wanted : `${wanted}_${count}`
    if ((await session.query(sql, [name])).length === 0) return name
  }
}
