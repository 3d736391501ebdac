// A migration as its file exports it, and what its `up` and `down` are handed.

import type { Database } from '../query/database.js'
import type { DurationText } from '../support/duration.js'
import type { SchemaBuilder } from '../schema/schema-builder.js'

/** What `up` and `down` are handed. */
export interface MigrationContext {
  readonly schema: SchemaBuilder
  readonly db: Database
}

/** One step of a database's life: how to take it, and how to take it back. */
export interface Migration {
  up(context: MigrationContext): Promise<void> | void
  down?(context: MigrationContext): Promise<void> | void
  /** Why there is no way back; instead of `down`. */
  readonly irreversible?: string
  /** `false` runs it outside a transaction. Laravel's `withinTransaction` means the same. */
  readonly transaction?: boolean
  readonly withinTransaction?: boolean
  /** How long its statements may run in all, `5m`. */
  readonly timeout?: DurationText
  /** How long one of its statements may wait for a lock, `2s`. */
  readonly lockTimeout?: DurationText
  /** The connection that it runs on, where that is not the command's. */
  readonly connection?: string
  /** `false` leaves it pending, without an error. */
  readonly shouldRun?: (context: MigrationContext) => boolean | Promise<boolean>
  /** Answers to findings of the analyser: why each is safe here. */
  readonly allow?: Readonly<Record<string, string>>
}

/** A migration with its way back: either a `down`, or the reason why there is none. */
export type MigrationDefinition = Omit<Migration, 'down' | 'irreversible'> &
  (
    | { down(context: MigrationContext): Promise<void> | void; readonly irreversible?: never }
    | { readonly irreversible: string; readonly down?: never }
  )

/**
 * Types a migration file's default export.
 *
 * @example
 * export default migration({
 *   async up({ schema }) {
 *     await schema.create('tags', (table) => {
 *       table.id()
 *       table.string('name').unique()
 *     })
 *   },
 *   async down({ schema }) {
 *     await schema.dropIfExists('tags')
 *   },
 * })
 */
export function migration(definition: MigrationDefinition): MigrationDefinition {
  return definition
}
