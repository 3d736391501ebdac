// The part of a blueprint that ties tables together: columns that hold another table's key, and the pair of columns of
// a row that may belong to a row of any table.

import { checkedName } from './argument-checks.js'
import { BlueprintIndexes } from './blueprint-indexes.js'
import { typeArguments } from './column-attributes.js'
import type { ColumnDefinition } from './column-definition.js'
import type { ColumnTypeName } from './column-types.js'
import { ForeignIdColumnDefinition, type ReferencedModel } from './foreign-id-column-definition.js'
import { type ModelLike, modelReference } from './model-reference.js'
import type { KeyType } from './type-defaults.js'

export abstract class BlueprintRelations extends BlueprintIndexes {
  /** A column for the key of another table: `table.foreignId('user_id').constrained()`. */
  foreignId(column: string): ForeignIdColumnDefinition {
    return this.#foreignId('bigInteger', column, [undefined, true])
  }

  /** A column for the UUID of another table. */
  foreignUuid(column: string): ForeignIdColumnDefinition {
    return this.#foreignId('uuid', column, [])
  }

  /** A column for the ULID of another table. */
  foreignUlid(column: string, length = 26): ForeignIdColumnDefinition {
    return this.#foreignId('char', column, [length])
  }

  /** A column for the key of a model, of the type that the model's key has. */
  foreignIdFor(model: ModelLike, column?: string): ForeignIdColumnDefinition {
    const { keyType } = modelReference(this.site('foreignIdFor'), model)
    if (keyType === 'uuid') return this.foreignUuidFor(model, column)
    if (keyType === 'ulid') return this.foreignUlidFor(model, column)
    return this.#foreignIdFor('bigInteger', model, column, [undefined, true])
  }

  /** A column for the UUID of a model. */
  foreignUuidFor(model: ModelLike, column?: string): ForeignIdColumnDefinition {
    return this.#foreignIdFor('uuid', model, column, [])
  }

  /** A column for the ULID of a model. */
  foreignUlidFor(model: ModelLike, column?: string, length = 26): ForeignIdColumnDefinition {
    return this.#foreignIdFor('char', model, column, [length])
  }

  /** `<name>_type` and `<name>_id` with an index over both; the key's type as `schema.defaultMorphKeyType` says. */
  morphs(name: string, indexName?: string, after?: string): void {
    this.#morphs(this.settings.defaults.morphKeyType, name, indexName, after)
  }

  /** The same, nullable. */
  nullableMorphs(name: string, indexName?: string, after?: string): void {
    this.#nullableMorphs(this.settings.defaults.morphKeyType, name, indexName, after)
  }

  /** The same with a number for a key. */
  numericMorphs(name: string, indexName?: string, after?: string): void {
    this.#morphs('int', name, indexName, after)
  }

  /** The same with a number for a key, nullable. */
  nullableNumericMorphs(name: string, indexName?: string, after?: string): void {
    this.#nullableMorphs('int', name, indexName, after)
  }

  /** The same with a UUID for a key. */
  uuidMorphs(name: string, indexName?: string, after?: string): void {
    this.#morphs('uuid', name, indexName, after)
  }

  /** The same with a UUID for a key, nullable. */
  nullableUuidMorphs(name: string, indexName?: string, after?: string): void {
    this.#nullableMorphs('uuid', name, indexName, after)
  }

  /** The same with a ULID for a key. */
  ulidMorphs(name: string, indexName?: string, after?: string): void {
    this.#morphs('ulid', name, indexName, after)
  }

  /** The same with a ULID for a key, nullable. */
  nullableUlidMorphs(name: string, indexName?: string, after?: string): void {
    this.#nullableMorphs('ulid', name, indexName, after)
  }

  #foreignId(
    type: ColumnTypeName,
    name: string,
    args: readonly unknown[],
    model?: ReferencedModel,
  ): ForeignIdColumnDefinition {
    const { defaults } = this.settings
    const { attributes = {}, ...modifiers } = typeArguments(type, defaults, args)
    const given = { name, type, attributes, modifiers }
    const addForeign = (column: string, indexName?: string) => this.foreign(column, indexName)
    return this.addDefinition(
      new ForeignIdColumnDefinition(this.tableName, given, defaults, addForeign, model),
    )
  }

  #foreignIdFor(
    type: ColumnTypeName,
    model: ModelLike,
    column: string | undefined,
    args: readonly unknown[],
  ): ForeignIdColumnDefinition {
    const reference = modelReference(this.site('foreignIdFor'), model)
    return this.#foreignId(type, column ?? reference.column, args, reference)
  }

  #nullableMorphs(key: KeyType, name: string, indexName?: string, after?: string): void {
    for (const column of this.#morphs(key, name, indexName, after)) column.nullable()
  }

  #morphs(key: KeyType, name: string, indexName?: string, after?: string): readonly ColumnDefinition[] {
    checkedName(this.site('morphs'), 'The name of the relation', name)
    const type = this.string(`${name}_type`)
    const id = this.#morphKey(key, `${name}_id`)
    if (after !== undefined) {
      type.after(after)
      id.after(`${name}_type`)
    }
    this.index([`${name}_type`, `${name}_id`], indexName)
    return [type, id]
  }

  #morphKey(key: KeyType, column: string): ColumnDefinition {
    return key === 'int'
      ? this.unsignedBigInteger(column)
      : key === 'uuid'
        ? this.uuid(column)
        : this.ulid(column)
  }
}
