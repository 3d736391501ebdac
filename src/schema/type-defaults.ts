// What a schema builder falls back to where a migration does not say: the length of strings, the precision of times,
// the kind of key that morphs have. One object belongs to one builder and to the blueprints that it makes.

import { checkedInteger, checkedWord } from './argument-checks.js'
import type { TypeDefaults } from './column-types.js'

export const keyTypes = ['int', 'uuid', 'ulid'] as const

/** What kind of value the key of a model is. */
export type KeyType = (typeof keyTypes)[number]

/** The defaults that a blueprint reads. */
export interface BlueprintDefaults extends TypeDefaults {
  readonly morphKeyType: KeyType
}

/** The defaults that a builder keeps, as Laravel has them until somebody sets others. */
export class SchemaDefaults implements BlueprintDefaults {
  #stringLength: number | null = 255
  #timePrecision: number | null = 0
  #morphKeyType: KeyType = 'int'

  get stringLength(): number | null {
    return this.#stringLength
  }

  set stringLength(length: number | null) {
    this.#stringLength =
      length === null
        ? null
        : checkedInteger({ method: 'defaultStringLength' }, 'The length of strings', length, 1)
  }

  get timePrecision(): number | null {
    return this.#timePrecision
  }

  set timePrecision(digits: number | null) {
    this.#timePrecision =
      digits === null
        ? null
        : checkedInteger({ method: 'defaultTimePrecision' }, 'The precision of times', digits, 0)
  }

  get morphKeyType(): KeyType {
    return this.#morphKeyType
  }

  set morphKeyType(type: KeyType) {
    this.#morphKeyType = checkedWord({ method: 'defaultMorphKeyType' }, 'The type of key', type, keyTypes)
  }
}
