// Indexes, keys and checks as clauses that CREATE TABLE and, after `add`, ALTER TABLE take, spelled as Laravel's.

import type { Check, ForeignKey, Index, IndexKind } from '../../../schema/operations.js'
import { indexPartsSql } from '../sql/index-parts.js'
import { quoteIdentifier } from '../sql/literal.js'
import { quoteNames, quoteTable } from '../sql/names.js'

const indexWords: Readonly<Record<Exclude<IndexKind, 'primary'>, string>> = {
  index: 'index',
  unique: 'unique',
  fulltext: 'fulltext',
  spatial: 'spatial index',
  vector: 'vector index',
}

/** What Laravel asks of an index of vectors that says nothing itself. */
const vectorOptions = 'M=6 DISTANCE=cosine'

export function indexSql(index: Index): string {
  const { kind, name, algorithm } = index
  const parts = `(${indexPartsSql(index.columns)})`
  if (kind === 'primary') return `primary key${usingSql(algorithm)} ${parts}`
  const start = `${indexWords[kind]} ${quoteIdentifier(name)}`
  // The algorithm of a full-text index is the plugin that cuts its texts into words.
  if (kind === 'fulltext')
    return `${start}${parts}${algorithm === undefined ? '' : ` with parser ${quoteIdentifier(algorithm)}`}`
  if (kind === 'vector') return `${start}${parts} ${index.operatorClass ?? vectorOptions}`
  return `${start}${usingSql(algorithm)}${parts}`
}

export function foreignKeySql(key: ForeignKey): string {
  const { name, columns, foreignTable, foreignColumns, onDelete, onUpdate } = key
  return [
    `constraint ${quoteIdentifier(name)} foreign key (${quoteNames(columns)})`,
    ` references ${quoteTable(foreignTable)} (${quoteNames(foreignColumns)})`,
    onDelete === undefined ? '' : ` on delete ${onDelete}`,
    onUpdate === undefined ? '' : ` on update ${onUpdate}`,
  ].join('')
}

export function checkSql({ name, expression }: Pick<Check, 'name' | 'expression'>): string {
  return `constraint ${quoteIdentifier(name)} check (${expression})`
}

function usingSql(algorithm: string | undefined): string {
  return algorithm === undefined ? '' : ` using ${algorithm}`
}
