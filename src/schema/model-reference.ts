// What a blueprint takes for a model: a class with these statics, or an object. Of a model only its table and its key
// are of interest here.

import { checkedName, checkedWord } from './argument-checks.js'
import type { SchemaSite } from './errors.js'
import type { ReferencedModel } from './foreign-id-column-definition.js'
import { singularOf, snakeCase } from './inflection.js'
import { parseTableName } from './table-name.js'
import { type KeyType, keyTypes } from './type-defaults.js'

/** A model by its table and key. */
export interface ModelLike {
  readonly table: string
  /** `id` unless said otherwise. */
  readonly primaryKey?: string
  /** `int` unless said otherwise. */
  readonly keyType?: KeyType
}

export interface ModelReference extends ReferencedModel {
  readonly keyType: KeyType
  /** The name that a column with the model's key has: `user_id`. */
  readonly column: string
}

/** Reads a model. The column is named after the class, or after the table where there is no class. */
export function modelReference(site: SchemaSite, model: ModelLike): ModelReference {
  const table = checkedName(site, 'The table of the model', model?.table)
  const key = checkedName(site, 'The key of the model', model.primaryKey ?? 'id')
  const keyType = checkedWord(site, 'The type of key', model.keyType ?? 'int', keyTypes)
  return { table, key, keyType, column: `${singleName(model, table)}_${key}` }
}

function singleName(model: ModelLike, table: string): string {
  return snakeCase(classNameOf(model)) || singularOf(parseTableName(table).name)
}

/** The name of a class; empty for an object, and for a class without a name. */
function classNameOf(model: unknown): string {
  return typeof model === 'function' ? model.name : ''
}
