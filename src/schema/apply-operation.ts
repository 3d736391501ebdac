// What an operation makes of a structure, without a database: snapshot and operation in, snapshot out. Where a database
// is only imagined (a change that stands on an earlier one which was recorded and not run), this says what would be there.
// It never refuses: what does not fit the structure was refused, or will be, by the database that it is meant for.

import { columnsOf as describedColumns } from './operation-names.js'
import type {
  Column,
  CreateEnum,
  DropEnum,
  ForeignKey,
  Index,
  Operation,
  OperationKind,
} from './operations.js'
import type {
  CheckSnapshot,
  ColumnSnapshot,
  DatabaseSnapshot,
  ForeignKeySnapshot,
  IndexColumnSnapshot,
  IndexSnapshot,
  TableSnapshot,
  TypeSnapshot,
} from './snapshot.js'
import type { TableName } from './table-name.js'

/** What only a dialect knows of the structures that its database makes. */
export interface StructureRules {
  /** A new column as the catalogue would show it. */
  columnSnapshot(column: Column): ColumnSnapshot
  /** The name that the database gives the primary key of a table, whatever the user calls it. */
  primaryKeyName?(table: string): string
  /** The enum type that a column is of, where the database has such. */
  enumTypeOf?(column: Column): TypeSnapshot | undefined
  /** An index loses a column that is dropped and stays, rather than being dropped with it. */
  readonly indexesOutliveColumns: boolean
  /** A foreign key makes an index of its name where none begins with its columns. */
  readonly foreignKeysMakeIndexes: boolean
  /** A condition after a column that it may mention has been renamed; left as it is unless given. */
  readonly renamedInSql?: (sql: string, from: string, to: string) => string
}

type EnumKind = 'createEnum' | 'dropEnum'
type TableKind = Exclude<OperationKind, EnumKind>

/** What one kind of operation makes of the tables. */
type Apply<Kind extends TableKind> = (
  tables: readonly TableSnapshot[],
  operation: Extract<Operation, { kind: Kind }>,
  rules: StructureRules,
) => readonly TableSnapshot[]

const applications: { readonly [Kind in TableKind]: Apply<Kind> } = {
  createTable: (tables, { table, columns }, rules) => [...tables, newTable(table, columns, rules)],
  dropTable: (tables, { table }) => tables.filter((one) => !isSameTable(one, table)),
  renameTable: (tables, { table, to }) =>
    tables.map((one) => ({
      ...(isSameTable(one, table) ? { ...one, schema: to.schema ?? one.schema, name: to.name } : one),
      foreignKeys: one.foreignKeys.map((key) =>
        isSameTable(key.foreignTable, table) ? { ...key, foreignTable: to } : key,
      ),
    })),
  setTableComment: (tables, { table, comment }) => change(tables, table, () => ({ comment })),
  addColumn: (tables, { table, column }, rules) =>
    change(tables, table, ({ columns, primaryKey }) => ({
      columns: placed(columns, rules.columnSnapshot(column), column.position),
      ...(column.autoIncrement === true && {
        primaryKey: primaryKey ?? keyOver([column.name], rules.primaryKeyName?.(table.name)),
      }),
    })),
  changeColumn: (tables, { table, column, exact }, rules) =>
    change(tables, table, ({ columns }) => {
      const old = columns.find(({ name }) => name === column.name)
      const wanted = rules.columnSnapshot(column)
      const now = old === undefined || exact ? wanted : { ...wanted, ...unmentioned(old, column) }
      const rest = column.position === undefined ? undefined : columns.filter((one) => one !== old)
      return {
        columns:
          rest === undefined
            ? columns.map((one) => (one === old ? now : one))
            : placed(rest, now, column.position),
      }
    }),
  renameColumn: (tables, { table, from, to }, rules) =>
    tables.map((one) => columnRenamed(one, table, from, to, rules)),
  dropColumns: (tables, { table, columns }, rules) =>
    change(tables, table, (one) => withoutColumns(one, columns, rules)),
  addIndex: (tables, { table, index }, rules) =>
    change(tables, table, ({ indexes }) =>
      index.kind === 'primary'
        ? { primaryKey: keyOver(columnsOf(index), rules.primaryKeyName?.(table.name) ?? index.name) }
        : { indexes: [...indexes, indexSnapshot(index)].sort(byName) },
    ),
  dropIndex: (tables, { table, indexKind, name }) =>
    change(tables, table, ({ indexes }) =>
      indexKind === 'primary'
        ? { primaryKey: undefined }
        : { indexes: indexes.filter((index) => index.name !== name) },
    ),
  renameIndex: (tables, { table, from, to }) =>
    change(tables, table, ({ indexes }) => ({
      indexes: indexes.map((index) => (index.name === from ? { ...index, name: to } : index)).sort(byName),
    })),
  addForeignKey: (tables, { table, foreignKey }, rules) =>
    change(tables, table, ({ foreignKeys, indexes, primaryKey }) => ({
      foreignKeys: [...foreignKeys, foreignKeySnapshot(foreignKey)],
      ...(rules.foreignKeysMakeIndexes && { indexes: withIndexOf(foreignKey, indexes, primaryKey) }),
    })),
  dropForeignKey: (tables, { table, name }) =>
    change(tables, table, ({ foreignKeys }) => ({
      foreignKeys: foreignKeys.filter((key) => key.name !== name),
    })),
  addCheck: (tables, { table, check: { name, expression, notValid } }) =>
    change(tables, table, ({ checks }) => ({
      checks: [...checks, { name, expression, validated: notValid !== true }],
    })),
  dropCheck: (tables, { table, name }) =>
    change(tables, table, ({ checks }) => ({ checks: checks.filter((check) => check.name !== name) })),
  validateConstraint: (tables, { table, name }) =>
    change(tables, table, ({ checks, foreignKeys }) => ({
      checks: validated<CheckSnapshot>(checks, name),
      foreignKeys: validated<ForeignKeySnapshot>(foreignKeys, name),
    })),
}

export function applyOperation(
  database: DatabaseSnapshot,
  operation: Operation,
  rules: StructureRules,
): DatabaseSnapshot {
  if (operation.kind === 'createEnum' || operation.kind === 'dropEnum')
    return { ...database, types: typesAfter(database.types, operation) }
  // The mapped type above pairs each kind with what takes operations of that kind.
  const apply = applications[operation.kind] as Apply<TableKind>
  return {
    ...database,
    tables: apply(database.tables, operation, rules),
    types: withEnumTypes(database.types, describedColumns(operation), rules),
  }
}

function typesAfter(
  types: readonly TypeSnapshot[],
  operation: CreateEnum | DropEnum,
): readonly TypeSnapshot[] {
  if (operation.kind === 'dropEnum') return types.filter((type) => !isSameTable(type, operation.type))
  return [...types, { ...operation.type, kind: 'enum', values: operation.values }]
}

/** A column of an enum type makes the type where there is none of that name. */
function withEnumTypes(
  types: readonly TypeSnapshot[],
  columns: readonly Column[],
  rules: StructureRules,
): readonly TypeSnapshot[] {
  return columns.reduce((known, column) => {
    const type = rules.enumTypeOf?.(column)
    return type === undefined || known.some((one) => isSameTable(one, type)) ? known : [...known, type]
  }, types)
}

function newTable(
  { schema, name }: TableName,
  columns: readonly Column[],
  rules: StructureRules,
): TableSnapshot {
  const counted = columns.filter(({ autoIncrement }) => autoIncrement === true)
  return {
    schema,
    name,
    columns: columns.map((column) => rules.columnSnapshot(column)),
    primaryKey:
      counted.length === 0
        ? undefined
        : keyOver(
            counted.map((column) => column.name),
            rules.primaryKeyName?.(name),
          ),
    indexes: [],
    foreignKeys: [],
    checks: [],
    triggers: [],
    comment: undefined,
    collation: undefined,
    engine: undefined,
    options: [],
  }
}

function keyOver(columns: readonly string[], name: string | undefined) {
  return { name, columns }
}

function change(
  tables: readonly TableSnapshot[],
  name: TableName,
  changes: (table: TableSnapshot) => Partial<TableSnapshot>,
): readonly TableSnapshot[] {
  return tables.map((table) => (isSameTable(table, name) ? { ...table, ...changes(table) } : table))
}

function placed(
  columns: readonly ColumnSnapshot[],
  column: ColumnSnapshot,
  position: Column['position'],
): readonly ColumnSnapshot[] {
  if (position === 'first') return [column, ...columns]
  const before = columns.findIndex(({ name }) => name === position?.after)
  const index = before === -1 ? columns.length : before + 1
  return [...columns.slice(0, index), column, ...columns.slice(index)]
}

/** What `change()` keeps of the column because it does not mention it. */
function unmentioned(old: ColumnSnapshot, column: Column): Partial<ColumnSnapshot> {
  const keepsDefault =
    column.default === undefined && column.useCurrent === undefined && column.generated === undefined
  return {
    ...(column.nullable === undefined && { nullable: old.nullable }),
    ...(keepsDefault && { default: old.default }),
    ...(column.generated === undefined && { generated: old.generated }),
    ...(column.identity === undefined && { identity: old.identity }),
    ...(column.useCurrentOnUpdate === undefined && { onUpdate: old.onUpdate }),
    ...(column.autoIncrement === undefined && { autoIncrement: old.autoIncrement }),
    ...(column.invisible === undefined && { invisible: old.invisible }),
    ...(column.collation === undefined && { collation: old.collation, charset: old.charset }),
    ...(column.comment === undefined && { comment: old.comment }),
  }
}

function columnRenamed(
  table: TableSnapshot,
  changedTable: TableName,
  from: string,
  to: string,
  { renamedInSql = (sql) => sql }: StructureRules,
): TableSnapshot {
  const rename = (names: readonly string[]) => names.map((name) => (name === from ? to : name))
  const isChanged = isSameTable(table, changedTable)
  const foreignKeys = table.foreignKeys.map((key) => ({
    ...key,
    columns: isChanged ? rename(key.columns) : key.columns,
    foreignColumns: isSameTable(key.foreignTable, changedTable)
      ? rename(key.foreignColumns)
      : key.foreignColumns,
  }))
  if (!isChanged) return { ...table, foreignKeys }
  return {
    ...table,
    columns: table.columns.map((column) => (column.name === from ? { ...column, name: to } : column)),
    primaryKey: table.primaryKey && { ...table.primaryKey, columns: rename(table.primaryKey.columns) },
    indexes: table.indexes.map((index) => ({
      ...index,
      columns: index.columns.map((part) => (part.column === from ? { ...part, column: to } : part)),
      include: rename(index.include),
    })),
    foreignKeys,
    checks: table.checks.map((check) => ({ ...check, expression: renamedInSql(check.expression, from, to) })),
  }
}

function withoutColumns(
  { columns, primaryKey, indexes, foreignKeys }: TableSnapshot,
  dropped: readonly string[],
  { indexesOutliveColumns }: StructureRules,
): Partial<TableSnapshot> {
  const isDropped = (name: string | undefined): boolean => name !== undefined && dropped.includes(name)
  const isHit = (index: IndexSnapshot): boolean => index.columns.some(({ column }) => isDropped(column))
  const left = (index: IndexSnapshot): IndexSnapshot => ({
    ...index,
    columns: index.columns.filter(({ column }) => !isDropped(column)),
  })
  return {
    columns: columns.filter(({ name }) => !isDropped(name)),
    primaryKey: primaryKey?.columns.some(isDropped) === true ? undefined : primaryKey,
    indexes: indexesOutliveColumns
      ? indexes.map(left).filter((index) => index.columns.length > 0)
      : indexes.filter((index) => !isHit(index)),
    foreignKeys: foreignKeys.filter((key) => !key.columns.some(isDropped)),
  }
}

function columnsOf(index: Index): readonly string[] {
  return index.columns.flatMap((part) => ('column' in part ? [part.column] : []))
}

function indexSnapshot(index: Index): IndexSnapshot {
  return {
    name: index.name,
    columns: index.columns.map(indexColumnSnapshot),
    unique: index.kind === 'unique',
    isConstraint:
      index.kind === 'unique' && index.where === undefined && index.columns.every((item) => 'column' in item),
    where: index.where,
    method: index.kind === 'fulltext' || index.kind === 'spatial' ? index.kind : index.algorithm,
    include: index.include ?? [],
    nullsNotDistinct: index.nullsNotDistinct ?? false,
    valid: true,
  }
}

function withIndexOf(
  { name, columns }: ForeignKey,
  indexes: readonly IndexSnapshot[],
  primaryKey: TableSnapshot['primaryKey'],
): readonly IndexSnapshot[] {
  const keys = [
    primaryKey?.columns ?? [],
    ...indexes.map((index) => index.columns.map(({ column }) => column)),
  ]
  if (keys.some((key) => columns.every((column, place) => column === key[place]))) return indexes
  const index = {
    kind: 'index',
    name,
    isNamed: true,
    columns: columns.map((column) => ({ column })),
  } as const
  return [...indexes, indexSnapshot(index)].sort(byName)
}

function indexColumnSnapshot(part: Index['columns'][number]): IndexColumnSnapshot {
  return {
    column: 'column' in part ? part.column : undefined,
    expression: 'column' in part ? undefined : part.expression,
    descending: false,
    collation: undefined,
    length: undefined,
    operatorClass: undefined,
  }
}

function foreignKeySnapshot(key: ForeignKey): ForeignKeySnapshot {
  return {
    name: key.name,
    columns: key.columns,
    foreignTable: key.foreignTable,
    foreignColumns: key.foreignColumns,
    onUpdate: key.onUpdate ?? 'no action',
    onDelete: key.onDelete ?? 'no action',
    deferrable: key.deferrable ?? false,
    initiallyDeferred: key.deferrable === true && key.initiallyImmediate === false,
    validated: key.notValid !== true,
  }
}

function validated<Constraint extends { readonly name: string | undefined; readonly validated: boolean }>(
  constraints: readonly Constraint[],
  name: string,
): readonly Constraint[] {
  return constraints.map((one) => (one.name === name ? { ...one, validated: true } : one))
}

/** Whether both mean one table; a name without a schema means the table of any. */
export function isSameTable(one: TableName, other: TableName): boolean {
  return one.name === other.name && (one.schema ?? other.schema) === (other.schema ?? one.schema)
}

function byName(one: { readonly name: string }, other: { readonly name: string }): number {
  return one.name < other.name ? -1 : one.name > other.name ? 1 : 0
}
