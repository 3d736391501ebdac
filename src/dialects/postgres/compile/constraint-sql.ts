// Keys, checks and indexes as PostgreSQL takes them, spelled as Laravel spells them.

import type { Check, ForeignKey, Index, IndexColumn } from '../../../schema/operations.js'
import type { TableName } from '../../../schema/table-name.js'
import { quoteIdentifier, quoteString } from '../sql/literal.js'
import { quoteNames, quoteTable } from '../sql/names.js'

/** A key gets PostgreSQL's own name, `<table>_pkey`, whatever the user calls it, as in Laravel. */
export function primaryKeySql(index: Index): string {
  return `primary key (${indexColumnsSql(index)})${deferralSql(index)}`
}

/** A unique constraint; see `isConstraint` for what cannot be one. */
export function uniqueSql(index: Index): string {
  const { name, include = [], nullsNotDistinct } = index
  return [
    `constraint ${quoteIdentifier(name)} unique`,
    nullsNotDistinct === undefined ? '' : ` nulls ${nullsNotDistinct ? 'not ' : ''}distinct`,
    ` (${indexColumnsSql(index)})`,
    include.length === 0 ? '' : ` include (${quoteNames(include)})`,
    deferralSql(index),
  ].join('')
}

/** Whether the index can be a constraint, which has neither conditions nor expressions. */
export function isConstraint({ kind, columns, where, operatorClass }: Index): boolean {
  return (
    (kind === 'primary' || kind === 'unique') &&
    where === undefined &&
    operatorClass === undefined &&
    columns.every((item) => 'column' in item)
  )
}

/** Whether the constraint has to be made from an index, because only CREATE INDEX takes what it asks for. */
export function isMadeFromIndex({ concurrently, algorithm }: Index): boolean {
  return concurrently === true || (algorithm !== undefined && algorithm.toLowerCase() !== 'btree')
}

export function uniqueUsingIndexSql(index: Index): string {
  const name = quoteIdentifier(index.name)
  return `constraint ${name} unique using index ${name}${deferralSql(index)}`
}

/** The index is made in the schema of its table, so its name is written without one. */
export function createIndexSql(table: TableName, index: Index): string {
  const { kind, name, include = [], nullsNotDistinct, where } = index
  const method = methodOf(index)
  return [
    `create ${kind === 'unique' ? 'unique ' : ''}index `,
    `${index.concurrently === true ? 'concurrently ' : ''}${quoteIdentifier(name)} on ${quoteTable(table)}`,
    method === undefined ? '' : ` using ${quoteIdentifier(method.toLowerCase())}`,
    ` (${kind === 'fulltext' ? documentSql(index) : indexColumnsSql(index)})`,
    include.length === 0 ? '' : ` include (${quoteNames(include)})`,
    nullsNotDistinct === true ? ' nulls not distinct' : '',
    where === undefined ? '' : ` where ${where}`,
  ].join('')
}

export function foreignKeySql(key: ForeignKey): string {
  return [
    `constraint ${quoteIdentifier(key.name)} foreign key (${quoteNames(key.columns)})`,
    ` references ${quoteTable(key.foreignTable)} (${quoteNames(key.foreignColumns)})`,
    key.onDelete === undefined ? '' : ` on delete ${key.onDelete}`,
    key.onUpdate === undefined ? '' : ` on update ${key.onUpdate}`,
    deferralSql(key),
    key.notValid === true ? ' not valid' : '',
  ].join('')
}

export function checkSql({ name, expression, notValid }: Check): string {
  return `constraint ${quoteIdentifier(name)} check (${expression})${notValid === true ? ' not valid' : ''}`
}

/** The method and operator class of a kind of index where the user names none; Laravel's. */
const methods: Partial<Readonly<Record<Index['kind'], string>>> = {
  fulltext: 'gin',
  spatial: 'gist',
  vector: 'hnsw',
}

function methodOf({ kind, algorithm }: Index): string | undefined {
  return algorithm ?? methods[kind]
}

/** An operator class stands as it was written: it may have parameters, `gist_trgm_ops(siglen=32)`. */
function indexColumnsSql({ kind, columns, operatorClass }: Index): string {
  const ending = operatorClass ?? (kind === 'vector' ? 'vector_cosine_ops' : undefined)
  return columns.map((item) => indexColumnSql(item) + (ending === undefined ? '' : ` ${ending}`)).join(', ')
}

function indexColumnSql(item: IndexColumn): string {
  return 'column' in item ? quoteIdentifier(item.column) : item.expression
}

/** What a full-text index is on: `to_tsvector('english', "title") || to_tsvector('english', "body")`. */
function documentSql({ columns, language = 'english' }: Index): string {
  const parts = columns.map((item) => `to_tsvector(${quoteString(language)}, ${indexColumnSql(item)})`)
  return `(${parts.join(' || ')})`
}

function deferralSql({
  deferrable,
  initiallyImmediate,
}: Pick<ForeignKey, 'deferrable' | 'initiallyImmediate'>): string {
  if (deferrable === undefined) return ''
  if (!deferrable) return ' not deferrable'
  if (initiallyImmediate === undefined) return ' deferrable'
  return ` deferrable initially ${initiallyImmediate ? 'immediate' : 'deferred'}`
}
