// What in a table itself hangs on its columns. An index or key over dropped columns alone goes with them, as it does on
// other databases; what also concerns other columns has to be dropped first. Views, triggers and other tables are
// looked at by compile-drops.ts, which needs a database for it.

import { type Dependent, columnInUse } from '../../structure-errors.js'
import type { ColumnSource, ReferencesSource, TableConstraintSource } from '../create-table/create-table.js'
import { withoutConstraints } from '../create-table/edit-table.js'
import { mentionedNames } from '../sql/mentions.js'
import { foldName, sameName } from '../sql/names.js'
import { primaryKeyColumns } from './table-lookup.js'
import type { StoredIndex, TableState } from './table-state.js'

/** The table without the indexes and constraints that go with `dropped`. */
export function withoutDependents(table: TableState, dropped: readonly string[]): TableState {
  const gone = new Set(dropped.map(foldName))
  return {
    ...table,
    indexes: table.indexes.filter((index) => !goesWith(indexKey(table, index), gone)),
    source: withoutConstraints(table.source, (item) => goesWith(constraintColumns(table, item), gone)),
  }
}

/** Throws a `SchemaError` where a column that is not dropped, or an index or constraint over one, needs a dropped one. */
export function refuseColumnsInUse(table: TableState, dropped: readonly string[]): void {
  const gone = new Set(dropped.map(foldName))
  const { indexes, source } = withoutDependents(table, dropped)
  for (const name of dropped) {
    const folded = foldName(name)
    const dependents = [
      ...indexes.filter((index) => indexNames(index).has(folded)).map(describeIndex),
      ...source.constraints.filter((item) => usedBy(table, item).has(folded)).map(describeConstraint),
      ...source.columns
        .filter((column) => !gone.has(foldName(column.name)) && needs(table, column, folded))
        .map(describeColumn),
    ]
    if (dependents.length > 0) throw columnInUse(table.name, name, dependents)
  }
}

function goesWith(columns: ReadonlySet<string>, gone: ReadonlySet<string>): boolean {
  return columns.size > 0 && [...columns].every((column) => gone.has(column))
}

/** The columns that an index is over; its condition does not count. */
function indexKey(table: TableState, index: StoredIndex): ReadonlySet<string> {
  return ownColumns(table, index.items.map((item) => item.sql).join(', '))
}

function indexNames({ items, where }: StoredIndex): ReadonlySet<string> {
  return mentionedNames([...items.map((item) => item.sql), where ?? ''].join(', '))
}

function constraintColumns(table: TableState, constraint: TableConstraintSource): ReadonlySet<string> {
  if (constraint.kind === 'other') return new Set()
  if (constraint.kind === 'check') return ownColumns(table, constraint.expression)
  return new Set(constraint.columns.map(foldName))
}

function ownColumns(table: TableState, expression: string): ReadonlySet<string> {
  const names = mentionedNames(expression)
  return new Set(
    table.source.columns.map((column) => foldName(column.name)).filter((name) => names.has(name)),
  )
}

/** The columns that a constraint is over, and those of the same table that it references. */
function usedBy(table: TableState, constraint: TableConstraintSource): ReadonlySet<string> {
  const own = constraintColumns(table, constraint)
  return constraint.kind === 'foreignKey'
    ? new Set([...own, ...ownReferenced(table, constraint.references)])
    : own
}

function ownReferenced(table: TableState, { table: other, columns }: ReferencesSource): readonly string[] {
  if (!sameName(other, table.name)) return []
  return (columns.length === 0 ? primaryKeyColumns(table) : columns).map(foldName)
}

/** Whether the column's own check, generation or reference is written with another column. */
function needs(table: TableState, column: ColumnSource, folded: string): boolean {
  return column.constraints.some((constraint) => {
    if (constraint.kind === 'references') return ownReferenced(table, constraint.references).includes(folded)
    const isExpression = constraint.kind === 'check' || constraint.kind === 'generated'
    return isExpression && mentionedNames(constraint.expression).has(folded)
  })
}

function describeIndex({ name, isUnique }: StoredIndex): Dependent {
  return {
    description: `index "${name}"`,
    dropFirst: `table.${isUnique ? 'dropUnique' : 'dropIndex'}('${name}')`,
  }
}

function describeColumn({ name, constraints }: ColumnSource): Dependent {
  const isGenerated = constraints.some(({ kind }) => kind === 'generated')
  if (isGenerated)
    return { description: `generated column "${name}"`, dropFirst: `table.dropColumn('${name}')` }
  return constraints.some(({ kind }) => kind === 'check')
    ? { description: `the check of column "${name}"`, dropFirst: `table.dropColumn('${name}')` }
    : { description: `the foreign key over "${name}"`, dropFirst: `table.dropForeign(['${name}'])` }
}

function describeConstraint(constraint: TableConstraintSource): Dependent {
  const { kind, constraintName } = constraint
  const name = constraintName === undefined ? '' : ` "${constraintName}"`
  if (kind === 'primaryKey') return { description: 'the primary key', dropFirst: 'table.dropPrimary()' }
  if (kind === 'check' || kind === 'other') {
    return { description: `check${name}`, dropFirst: `table.dropCheck('${constraintName ?? '…'}')` }
  }
  const columns = `[${constraint.columns.map((column) => `'${column}'`).join(', ')}]`
  return kind === 'unique'
    ? { description: `unique key${name}`, dropFirst: `table.dropUnique(${columns})` }
    : { description: `foreign key${name}`, dropFirst: `table.dropForeign(${columns})` }
}
