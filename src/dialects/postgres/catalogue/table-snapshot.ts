// Makes snapshots of tables and views out of the rows of the catalogue.

import type {
  CheckSnapshot,
  ColumnSnapshot,
  ForeignKeySnapshot,
  IndexColumnSnapshot,
  IndexSnapshot,
  TableSnapshot,
  ViewSnapshot,
} from '../../../schema/snapshot.js'
import type { TableName } from '../../../schema/table-name.js'
import type {
  ColumnRow,
  ConstraintRow,
  IndexColumnRow,
  IndexRow,
  RelationFacts,
  RelationRow,
} from './structure.js'

export function tableSnapshot(facts: RelationFacts): TableSnapshot {
  const { relation, columns, constraints, indexes, triggers } = facts
  const key = constraints.find(({ kind }) => kind === 'p')
  return {
    ...nameOf(relation),
    columns: columns.map(columnSnapshot),
    primaryKey: key && { name: key.name, columns: key.columns ?? [] },
    indexes: indexes.map(indexSnapshot).sort(byName),
    foreignKeys: constraints.filter(({ kind }) => kind === 'f').map(foreignKeySnapshot),
    checks: constraints.filter(({ kind }) => kind === 'c').map(checkSnapshot),
    triggers: triggers.map(({ name, sql }) => ({ name, sql })).sort(byName),
    comment: relation.comment ?? undefined,
    collation: undefined,
    engine: undefined,
    options: optionsOf(relation),
  }
}

export function viewSnapshot({ relation, columns, triggers }: RelationFacts): ViewSnapshot {
  return {
    ...nameOf(relation),
    columns: columns.map(({ name }) => name),
    definition: relation.definition ?? '',
    isMaterialized: relation.kind === 'm',
    triggers: triggers.map(({ name, sql }) => ({ name, sql })).sort(byName),
  }
}

export function isView({ relation: { kind } }: RelationFacts): boolean {
  return kind === 'v' || kind === 'm'
}

/** By schema and name, those of the first schema of the search path first. */
export function inOrder<Named extends TableName>(tables: readonly Named[]): readonly Named[] {
  return [...tables].sort(
    (one, other) => compare(one.schema ?? '', other.schema ?? '') || compare(one.name, other.name),
  )
}

function nameOf({ schema, name }: RelationRow): TableName {
  return { schema: schema ?? undefined, name }
}

function optionsOf({
  persistence,
  parameters,
  partitionKey,
  partitionBound,
  parents,
}: RelationRow): string[] {
  const ofParents =
    partitionBound === null ? `INHERITS (${parents.join(', ')})` : `PARTITION OF ${parents.join()}`
  return [
    ...(persistence === 'u' ? ['UNLOGGED'] : persistence === 't' ? ['TEMPORARY'] : []),
    ...(partitionKey === null ? [] : [`PARTITION BY ${partitionKey}`]),
    ...(parents.length === 0 ? [] : [ofParents]),
    ...(partitionBound === null ? [] : [partitionBound]),
    ...(parameters === null ? [] : [`WITH (${parameters.join(', ')})`]),
  ]
}

function columnSnapshot(column: ColumnRow): ColumnSnapshot {
  const { expression, generated, identity } = column
  const value = generated === '' ? (expression ?? undefined) : undefined
  return {
    name: column.name,
    type: column.type,
    typeName: column.typeName,
    nullable: column.nullable,
    default: value,
    autoIncrement: value?.startsWith('nextval(') ?? false,
    generated: generated === '' ? undefined : { expression: expression ?? '', stored: generated === 's' },
    identity: identity === '' ? undefined : identity === 'a' ? 'always' : 'by default',
    onUpdate: undefined,
    invisible: false,
    charset: undefined,
    collation: column.collation ?? undefined,
    comment: column.comment ?? undefined,
  }
}

function indexSnapshot(index: IndexRow): IndexSnapshot {
  const { name, method, unique, valid, nullsNotDistinct, isConstraint, columns } = index
  return {
    name,
    columns: columns.filter(({ isKey }) => isKey).map(indexColumnSnapshot),
    unique,
    isConstraint,
    where: index.condition ?? undefined,
    method,
    include: columns.filter(({ isKey }) => !isKey).flatMap(({ column }) => (column === null ? [] : [column])),
    nullsNotDistinct,
    valid,
    deferral:
      index.deferrable === true
        ? `initially ${index.deferred === true ? 'deferred' : 'immediate'}`
        : undefined,
  }
}

function indexColumnSnapshot({
  column,
  expression,
  options,
  collation,
  operatorClass,
}: IndexColumnRow): IndexColumnSnapshot {
  const descending = ((options ?? 0) & 1) !== 0
  const nullsFirst = ((options ?? 0) & 2) !== 0
  return {
    column: column ?? undefined,
    expression: expression ?? undefined,
    descending,
    collation: collation ?? undefined,
    length: undefined,
    operatorClass: operatorClass ?? undefined,
    nulls: nullsFirst === descending ? undefined : nullsFirst ? 'first' : 'last',
  }
}

function foreignKeySnapshot(key: ConstraintRow): ForeignKeySnapshot {
  return {
    name: key.name,
    columns: key.columns ?? [],
    foreignTable: { schema: key.foreignSchema ?? undefined, name: key.foreignTable ?? '' },
    foreignColumns: key.foreignColumns ?? [],
    onUpdate: actions[key.onUpdate] ?? key.onUpdate,
    onDelete: actions[key.onDelete] ?? key.onDelete,
    deferrable: key.deferrable,
    initiallyDeferred: key.deferred,
    validated: key.validated,
  }
}

/** https://www.postgresql.org/docs/current/catalog-pg-constraint.html */
const actions: Readonly<Record<string, string>> = {
  a: 'no action',
  r: 'restrict',
  c: 'cascade',
  n: 'set null',
  d: 'set default',
}

function checkSnapshot({ name, expression, validated }: ConstraintRow): CheckSnapshot {
  return { name, expression: expression ?? '', validated }
}

function byName(one: { readonly name: string }, other: { readonly name: string }): number {
  return compare(one.name, other.name)
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
