// Makes a table's snapshot out of the rows of information_schema.

import type {
  CheckSnapshot,
  ColumnSnapshot,
  ForeignKeySnapshot,
  IndexSnapshot,
  TableSnapshot,
  TriggerSnapshot,
} from '../../../schema/snapshot.js'
import { groupBy } from '../../../support/group-by.js'
import type { CatalogueWords } from '../server.js'
import { quoteIdentifier } from '../sql/literal.js'
import type {
  ColumnInfo,
  ForeignKeyColumn,
  ForeignKeyRules,
  IndexColumnInfo,
  TableRow,
  TriggerInfo,
} from './catalogue-rows.js'
import type { CheckInfo } from './checks.js'
import { defaultText, expressionText, onUpdateText } from './expression-text.js'

/** All that the catalogue says of one table. */
export interface TableFacts {
  readonly table: TableRow
  readonly columns: readonly ColumnInfo[]
  readonly indexColumns: readonly IndexColumnInfo[]
  readonly foreignKeyColumns: readonly ForeignKeyColumn[]
  readonly foreignKeyRules: readonly ForeignKeyRules[]
  readonly checks: readonly CheckInfo[]
  readonly triggers: readonly TriggerInfo[]
}

const primaryKeyName = 'PRIMARY'

export function tableSnapshot(facts: TableFacts, words: CatalogueWords): TableSnapshot {
  const { table } = facts
  const indexes = [...groupBy(facts.indexColumns, ({ index }) => index)]
  const primaryKey = indexes.find(([name]) => name === primaryKeyName)?.[1]
  return {
    schema: namedSchema(table),
    name: table.name,
    columns: facts.columns.map((column) => columnSnapshot(column, words)),
    primaryKey: primaryKey && {
      name: undefined,
      columns: primaryKey.flatMap(({ column }) => (column === undefined ? [] : [column])),
    },
    indexes: indexes
      .filter(([name]) => name !== primaryKeyName)
      .map(([name, columns]) => indexSnapshot(name, columns, words))
      .sort(byName),
    foreignKeys: [...groupBy(facts.foreignKeyColumns, ({ key }) => key)].map(([name, columns]) =>
      foreignKeySnapshot(name, columns, facts),
    ),
    checks: facts.checks.filter((check) => !isImplicit(check)).map((check) => checkSnapshot(check, words)),
    triggers: facts.triggers.map(triggerSnapshot),
    comment: table.comment,
    collation: table.collation,
    engine: table.engine,
    options: table.options,
  }
}

/** The connection's own database is the one that needs no name. */
export function namedSchema({
  schema,
  isInDefault,
}: Pick<TableRow, 'schema' | 'isInDefault'>): string | undefined {
  return isInDefault ? undefined : schema
}

function columnSnapshot(column: ColumnInfo, words: CatalogueWords): ColumnSnapshot {
  const { name, type, typeName, nullable, charset, collation, comment, extra, expression } = column
  return {
    name,
    type,
    typeName,
    nullable,
    default: defaultText(column, words),
    autoIncrement: /\bauto_increment\b/i.test(extra),
    generated:
      expression === undefined
        ? undefined
        : { expression: expressionText(expression, words), stored: /\bSTORED\b/i.test(extra) },
    identity: undefined,
    onUpdate: onUpdateText(column),
    invisible: /\bINVISIBLE\b/i.test(extra),
    charset,
    collation,
    comment,
  }
}

function indexSnapshot(
  name: string,
  columns: readonly IndexColumnInfo[],
  words: CatalogueWords,
): IndexSnapshot {
  const [first] = columns
  const isUnique = first?.unique === true
  return {
    name,
    columns: columns.map(({ column, expression, descending, length, method }) => ({
      column,
      expression: expression === undefined ? undefined : expressionText(expression, words),
      descending,
      collation: undefined,
      // Of a shape the servers index the bounding box, and say that it is of 32 bytes.
      length: method === 'spatial' ? undefined : length,
      operatorClass: undefined,
    })),
    unique: isUnique,
    isConstraint: isUnique,
    where: undefined,
    method: first?.method,
    include: [],
    nullsNotDistinct: false,
    valid: true,
  }
}

function foreignKeySnapshot(
  name: string,
  columns: readonly ForeignKeyColumn[],
  { table, foreignKeyRules }: TableFacts,
): ForeignKeySnapshot {
  const rules = foreignKeyRules.find(({ key }) => key === name)
  const [first] = columns
  const isAtHome = table.isInDefault && first?.foreignSchema === table.schema
  return {
    name,
    columns: columns.map(({ column }) => column),
    foreignTable: { schema: isAtHome ? undefined : first?.foreignSchema, name: first?.foreignTable ?? '' },
    foreignColumns: columns.map(({ foreignColumn }) => foreignColumn),
    onUpdate: rules?.onUpdate ?? 'no action',
    onDelete: rules?.onDelete ?? 'no action',
    deferrable: false,
    initiallyDeferred: false,
    validated: true,
  }
}

/** MariaDB's JSON is text with a check that nobody asked for: https://mariadb.com/kb/en/json-data-type/ */
function isImplicit({ isOfColumn, name, expression }: CheckInfo): boolean {
  return isOfColumn && expression === `json_valid(${quoteIdentifier(name)})`
}

function checkSnapshot({ name, expression, isEnforced }: CheckInfo, words: CatalogueWords): CheckSnapshot {
  return { name, expression: expressionText(expression, words), validated: isEnforced }
}

function triggerSnapshot({ table, name, timing, event, statement }: TriggerInfo): TriggerSnapshot {
  const start = `create trigger ${quoteIdentifier(name)} ${timing.toLowerCase()} ${event.toLowerCase()}`
  return { name, sql: `${start} on ${quoteIdentifier(table)} for each row ${statement}` }
}

export function byName(one: { readonly name: string }, other: { readonly name: string }): number {
  return one.name < other.name ? -1 : one.name > other.name ? 1 : 0
}
