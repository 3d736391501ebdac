// What tests of structure on MySQL and MariaDB have in common: a schema builder, and what the server itself shows.

import { inject } from 'vitest'
import type { Operation } from '../../../src/schema/operations.js'
import { Blueprint } from '../../../src/schema/blueprint.js'
import type { TableSnapshot } from '../../../src/schema/snapshot.js'
import { type OpenedSchema, openSchema } from '../../database/schema/open.js'

export const isMariadb = inject('dialect') === 'mariadb'

export interface OpenedStructure extends OpenedSchema {
  /** SHOW CREATE TABLE. */
  readonly show: (table: string) => Promise<string>
  /** The line of SHOW CREATE TABLE that defines a column, from its type on. */
  readonly showColumn: (table: string, column: string) => Promise<string | undefined>
  readonly snapshotOf: (table: string) => Promise<TableSnapshot>
}

export async function openStructure(): Promise<OpenedStructure> {
  const opened = await openSchema()
  const show = async (table: string): Promise<string> => {
    const [row = {}] = await opened.session.query(
      `show create table ${opened.dialect.quoteIdentifier(table)}`,
    )
    return String(row['Create Table'])
  }
  return {
    ...opened,
    show,
    showColumn: async (table, column) => {
      const start = `  \`${column}\` `
      const line = (await show(table)).split('\n').find((text) => text.startsWith(start))
      return line?.slice(start.length).replace(/,$/, '')
    },
    snapshotOf: async (table) => {
      const found = await opened.executor.catalogue.table({ schema: undefined, name: table })
      if (found === undefined) throw new Error(`There is no table ${table}.`)
      return found
    },
  }
}

/** What a blueprint of `table` asks for. */
export function operationsOf(
  table: string,
  describe: (table: Blueprint) => void,
  isNew: boolean,
): readonly Operation[] {
  const blueprint = new Blueprint(table, { maxIdentifierBytes: 64 })
  if (isNew) blueprint.create()
  describe(blueprint)
  return blueprint.operations()
}
