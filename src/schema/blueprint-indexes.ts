// The index half of a blueprint: indexes, primary keys, foreign keys and checks, made and dropped. What is dropped is
// named as it is in the database, or by the list of its columns, out of which the conventional name is made.

import { checkedColumns, checkedName, checkedSql } from './argument-checks.js'
import { BlueprintColumns } from './blueprint-columns.js'
import { CheckDefinition } from './check-definition.js'
import { Expression } from './expression.js'
import { ForeignKeyDefinition } from './foreign-key-definition.js'
import { type IndexArguments, type IndexColumns, IndexDefinition } from './index-definition.js'
import { fitName, foreignKeyName, indexName } from './names.js'
import type { IndexKind, Operation } from './operations.js'

/** An index by its name, or the columns out of which its name was made. */
export type IndexReference = string | readonly string[]

export abstract class BlueprintIndexes extends BlueprintColumns {
  /** The primary key, over one column or several. */
  primary(columns: IndexColumns, name?: string, algorithm?: string): IndexDefinition {
    return this.#addIndex('primary', { kind: 'primary', columns, name, algorithm })
  }

  /** An index that allows each value, or combination of values, once. */
  unique(columns: IndexColumns, name?: string, algorithm?: string): IndexDefinition {
    return this.#addIndex('unique', { kind: 'unique', columns, name, algorithm })
  }

  /** An index over one column or several; the algorithm is `hash` for instance. */
  index(columns: IndexColumns, name?: string, algorithm?: string): IndexDefinition {
    return this.#addIndex('index', { kind: 'index', columns, name, algorithm })
  }

  /** A full-text index (MySQL, MariaDB, PostgreSQL). */
  fullText(columns: IndexColumns, name?: string, algorithm?: string): IndexDefinition {
    return this.#addIndex('fullText', { kind: 'fulltext', columns, name, algorithm })
  }

  /** A spatial index (MySQL, MariaDB, PostgreSQL). */
  spatialIndex(columns: IndexColumns, name?: string, operatorClass?: string): IndexDefinition {
    return this.#addIndex('spatialIndex', { kind: 'spatial', columns, name, operatorClass })
  }

  /** A vector index (PostgreSQL, MariaDB). */
  vectorIndex(column: string, name?: string): IndexDefinition {
    return this.#addIndex('vectorIndex', { kind: 'vector', columns: column, name })
  }

  /** An index on an expression: `table.rawIndex('lower(email)', 'users_email_lower')`. */
  rawIndex(expression: string | Expression, name: string): IndexDefinition {
    const sql = new Expression(checkedSql(this.site('rawIndex'), 'The expression', expression))
    return this.#addIndex('rawIndex', { kind: 'index', columns: sql, name })
  }

  /** A foreign key on columns that are described elsewhere; goes on with `references(…).on(…)`. */
  foreign(columns: string | readonly string[], name?: string): ForeignKeyDefinition {
    return this.addCommand(
      new ForeignKeyDefinition(this.tableName, columns, name, this.settings.maxIdentifierBytes),
    )
  }

  /** A condition that every row meets: `table.check('price_is_positive', 'price > 0')`. */
  check(name: string, expression: string | Expression): CheckDefinition {
    const site = this.site('check')
    const checked = checkedName(site, 'The name of the check', name, this.settings.maxIdentifierBytes)
    const sql = checkedSql(site, 'The condition', expression)
    return this.addCommand(new CheckDefinition(this.tableName, checked, sql))
  }

  /** Gives an index another name. */
  renameIndex(from: string, to: string): this {
    const site = this.site('renameIndex')
    return this.addOperation({
      kind: 'renameIndex',
      table: this.tableName,
      from: this.#existing(checkedName(site, 'The name of the index', from)),
      to: checkedName(site, 'The new name of the index', to, this.settings.maxIdentifierBytes),
    })
  }

  /** Drops the primary key. */
  dropPrimary(index: IndexReference = []): this {
    const name =
      typeof index === 'string'
        ? checkedName(this.site('dropPrimary'), 'The name of the primary key', index)
        : this.#conventionalName('primary', index)
    return this.addOperation({ kind: 'dropIndex', table: this.tableName, indexKind: 'primary', name })
  }

  /** Drops a unique index. */
  dropUnique(index: IndexReference): this {
    return this.#dropIndex('dropUnique', 'unique', index)
  }

  /** Drops an index. */
  dropIndex(index: IndexReference): this {
    return this.#dropIndex('dropIndex', 'index', index)
  }

  /** Drops a full-text index. */
  dropFullText(index: IndexReference): this {
    return this.#dropIndex('dropFullText', 'fulltext', index)
  }

  /** Drops a spatial index. */
  dropSpatialIndex(index: IndexReference): this {
    return this.#dropIndex('dropSpatialIndex', 'spatial', index)
  }

  /** Drops a vector index. */
  dropVectorIndex(index: IndexReference): this {
    return this.#dropIndex('dropVectorIndex', 'vector', index)
  }

  /** Drops a foreign key and keeps its columns. */
  dropForeign(index: IndexReference): this {
    const site = this.site('dropForeign')
    if (typeof index === 'string') {
      const name = this.#existing(checkedName(site, 'The name of the foreign key', index))
      return this.addOperation({ kind: 'dropForeignKey', table: this.tableName, name, columns: undefined })
    }
    const columns = checkedColumns(site, index)
    const name = fitName(foreignKeyName(this.tableName, columns), this.settings.maxIdentifierBytes)
    return this.addOperation({ kind: 'dropForeignKey', table: this.tableName, name, columns })
  }

  /** Drops a check. */
  dropCheck(name: string): this {
    const checked = checkedName(this.site('dropCheck'), 'The name of the check', name)
    return this.addOperation({ kind: 'dropCheck', table: this.tableName, name: checked })
  }

  /** Adds what is known in full when it is written. */
  protected addOperation(operation: Operation): this {
    this.addCommand({ operation: () => operation })
    return this
  }

  #addIndex(method: string, given: IndexArguments): IndexDefinition {
    return this.addCommand(
      new IndexDefinition(this.tableName, method, given, this.settings.maxIdentifierBytes),
    )
  }

  #dropIndex(method: string, indexKind: IndexKind, index: IndexReference): this {
    const site = this.site(method)
    const name =
      typeof index === 'string'
        ? this.#existing(checkedName(site, 'The name of the index', index))
        : this.#conventionalName(indexKind, checkedColumns(site, index))
    return this.addOperation({ kind: 'dropIndex', table: this.tableName, indexKind, name })
  }

  /** The name under which the database has what may have been made with a name too long for it. */
  #existing(name: string): string {
    return fitName(name, this.settings.maxIdentifierBytes)
  }

  #conventionalName(kind: IndexKind, columns: readonly string[]): string {
    return fitName(indexName(this.tableName, kind, columns), this.settings.maxIdentifierBytes)
  }
}
