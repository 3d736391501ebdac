// An index or primary key as the user describes it. It may be kept in a variable and added to until the blueprint's
// callback is done; only then is it read.

import { checkedColumns, checkedList, checkedName, checkedSql, checkedWord } from './argument-checks.js'
import { SchemaError, type SchemaSite } from './errors.js'
import { Expression } from './expression.js'
import { fitName, indexName } from './names.js'
import {
  type AddIndex,
  type Index,
  type IndexColumn,
  type IndexKind,
  type LockMode,
  lockModes,
} from './operations.js'
import type { TableName } from './table-name.js'

/** One column or several; an expression, made by `db.raw`, may stand for one. */
export type IndexColumns = string | Expression | readonly (string | Expression)[]

export interface IndexArguments {
  readonly kind: IndexKind
  readonly columns: IndexColumns
  readonly name?: string | undefined
  readonly algorithm?: string | undefined
  readonly operatorClass?: string | undefined
}

/** What goes on after `table.index(…)`, `table.unique(…)` and their relatives. */
export class IndexDefinition {
  readonly #table: TableName
  readonly #site: SchemaSite
  #index: Index

  constructor(table: TableName, method: string, given: IndexArguments, maxNameBytes?: number) {
    this.#table = table
    this.#site = { table, method }
    this.#index = describedIndex(this.#site, table, given, maxNameBytes)
  }

  /** The method that the index is kept with, `hash` or `gin` for instance. */
  algorithm(name: string): this {
    return this.#set({ algorithm: checkedName(this.#site, 'The algorithm', name) })
  }

  /** The language of a full-text index (PostgreSQL). */
  language(name: string): this {
    return this.#set({ language: checkedName(this.#site, 'The language', name) })
  }

  /** The operator class of the columns (PostgreSQL). */
  operatorClass(name: string): this {
    return this.#set({ operatorClass: checkedName(this.#site, 'The operator class', name) })
  }

  /** Lets a unique constraint wait until the transaction ends (PostgreSQL). */
  deferrable(value = true): this {
    return this.#set({ deferrable: value })
  }

  /** Whether a deferrable constraint is still checked at once unless the transaction says otherwise (PostgreSQL). */
  initiallyImmediate(value = true): this {
    return this.#set({ initiallyImmediate: value })
  }

  /** Two nulls count as the same value (PostgreSQL 15). */
  nullsNotDistinct(value = true): this {
    return this.#set({ nullsNotDistinct: value })
  }

  /** Makes the index without holding up writers (PostgreSQL). The migration needs `transaction: false`. */
  concurrently(value = true): this {
    return this.#set({ concurrently: value })
  }

  /** Laravel's word for `concurrently`. */
  online(value = true): this {
    return this.concurrently(value)
  }

  /** What others may do to the table meanwhile (MySQL and MariaDB). */
  lock(mode: LockMode): this {
    return this.#set({ lock: checkedWord({ ...this.#site, method: 'lock' }, 'Lock mode', mode, lockModes) })
  }

  /** Only rows that meet the condition are in the index. */
  where(condition: string | Expression): this {
    return this.#set({ where: checkedSql({ ...this.#site, method: 'where' }, 'The condition', condition) })
  }

  /** Further columns whose values the index carries along (PostgreSQL). */
  include(columns: string | readonly string[], ...more: string[]): this {
    const list = typeof columns === 'string' ? [columns, ...more] : [...columns, ...more]
    return this.#set({ include: checkedColumns({ ...this.#site, method: 'include' }, list) })
  }

  /** What the definition asks for, as it stands now. */
  operation(): AddIndex {
    return { kind: 'addIndex', table: this.#table, index: this.#index }
  }

  #set(part: Partial<Index>): this {
    this.#index = { ...this.#index, ...part }
    return this
  }
}

function describedIndex(site: SchemaSite, table: TableName, given: IndexArguments, maxBytes?: number): Index {
  const columns = indexColumns(site, given.columns)
  return {
    kind: given.kind,
    name: nameOf(site, table, given, columns, maxBytes),
    isNamed: given.name !== undefined,
    columns,
    ...(given.algorithm === undefined ? {} : { algorithm: given.algorithm }),
    ...(given.operatorClass === undefined ? {} : { operatorClass: given.operatorClass }),
  }
}

function indexColumns(site: SchemaSite, columns: IndexColumns): readonly IndexColumn[] {
  const list = typeof columns === 'string' || columns instanceof Expression ? [columns] : columns
  return checkedList(site, list).map((column) =>
    column instanceof Expression
      ? { expression: checkedSql(site, 'The expression', column) }
      : { column: checkedName(site, 'The name of a column', column) },
  )
}

function nameOf(
  site: SchemaSite,
  table: TableName,
  { kind, name }: IndexArguments,
  columns: readonly IndexColumn[],
  maxBytes?: number,
): string {
  if (name !== undefined) return checkedName(site, 'The name of the index', name, maxBytes)
  const names = columns.map((column) => {
    if ('column' in column) return column.column
    throw unnamedExpression(site, column.expression)
  })
  return fitName(indexName(table, kind, names), maxBytes)
}

function unnamedExpression(site: SchemaSite, expression: string): SchemaError {
  return new SchemaError({
    site,
    code: 'TM_UNNAMED_EXPRESSION',
    message: `The index on the expression "${expression}" has no name, and none can be made from it.`,
    remedy: `Name it: table.rawIndex('${expression}', 'name_of_the_index').`,
  })
}
