// The structure of a database of MySQL or MariaDB, read anew at each call. A name without a schema is of the
// connection's own database; a schema is another database of the server. The whole takes the same few queries however
// many tables there are.

import type {
  Catalogue,
  DatabaseSnapshot,
  SchemaSummary,
  TableSnapshot,
  TableSummary,
  ViewSnapshot,
} from '../../../schema/snapshot.js'
import type { TableName } from '../../../schema/table-name.js'
import { groupBy } from '../../../support/group-by.js'
import type { Session } from '../../dialect.js'
import type { MysqlServer } from '../server.js'
import {
  type Place,
  type TableRow,
  readColumns,
  readForeignKeyColumns,
  readForeignKeyRules,
  readIndexColumns,
  readSizes,
  readTables,
  readViewDefinitions,
  text,
} from './catalogue-rows.js'
import { readChecks } from './checks.js'
import { type TableFacts, namedSchema, tableSnapshot } from './table-snapshot.js'
import { readWholeColumns } from './whole-columns.js'
import { readTemporaryTable } from './temporary-table.js'
import { readWholeTriggers } from './triggers.js'

const systemSchemas = "'information_schema', 'mysql', 'ndbinfo', 'performance_schema', 'sys'"

export class MysqlCatalogue implements Catalogue {
  readonly #session: Session
  readonly #server: MysqlServer

  constructor(session: Session, server: MysqlServer) {
    this.#session = session
    this.#server = server
  }

  async snapshot(): Promise<DatabaseSnapshot> {
    const place = { schema: undefined }
    const facts = await this.#facts(await readTables(this.#session, place), place)
    const definitions = await readViewDefinitions(this.#session, place)
    return {
      tables: facts.filter(({ table }) => table.kind === 'table').map((fact) => this.#table(fact)),
      views: facts
        .filter(({ table }) => table.kind === 'view')
        .map((fact) => viewSnapshot(fact.table, fact.columns, definitions)),
      types: [],
    }
  }

  async table({ schema, name }: TableName): Promise<TableSnapshot | undefined> {
    const place = { schema, table: name }
    const found = await readTables(this.#session, place)
    const [facts] = await this.#facts(found, place)
    return facts === undefined
      ? await readTemporaryTable(this.#session, { schema, name }, this.#server)
      : this.#table(facts)
  }

  async tables(schema?: string): Promise<readonly TableSummary[]> {
    const tables = await readTables(this.#session, { schema })
    const sizes = await readSizes(this.#session, { schema })
    return tables
      .filter(({ kind }) => kind === 'table')
      .map((table) => ({
        schema: namedSchema(table),
        name: table.name,
        size: sizes.get(table.name),
        comment: table.comment,
        collation: table.collation,
        engine: table.engine,
      }))
  }

  async views(schema?: string): Promise<readonly ViewSnapshot[]> {
    const views = (await readTables(this.#session, { schema })).filter(({ kind }) => kind === 'view')
    if (views.length === 0) return []
    const columns = groupBy(await readColumns(this.#session, { schema }), ({ table }) => table)
    const definitions = await readViewDefinitions(this.#session, { schema })
    return views.map((view) => viewSnapshot(view, columns.get(view.name) ?? [], definitions))
  }

  async types(): Promise<readonly []> {
    return []
  }

  async schemas(): Promise<readonly SchemaSummary[]> {
    const rows = await this.#session.query(
      'select schema_name as name, schema_name = database() as is_default from information_schema.schemata ' +
        `where schema_name not in (${systemSchemas}) order by schema_name`,
    )
    return rows.map((row) => ({
      name: text(row, 'name'),
      path: undefined,
      default: Number(row['is_default']) === 1,
    }))
  }

  #table(facts: TableFacts): TableSnapshot {
    return tableSnapshot(facts, this.#server.flavour.catalogue)
  }

  /** What there is of `tables`, all of which are at `place`. */
  async #facts(tables: readonly TableRow[], place: Place): Promise<readonly TableFacts[]> {
    if (tables.length === 0) return []
    const words = this.#server.flavour.catalogue
    const columns = byTable(await readWholeColumns(this.#session, place, words))
    const indexColumns = byTable(await readIndexColumns(this.#session, place, words))
    const foreignKeyColumns = byTable(await readForeignKeyColumns(this.#session, place))
    const foreignKeyRules = byTable(
      foreignKeyColumns.size === 0 ? [] : await readForeignKeyRules(this.#session, place),
    )
    const checks = byTable(await readChecks(this.#session, place, words))
    const triggers = byTable(await readWholeTriggers(this.#session, place))
    return tables.map((table) => ({
      table,
      columns: columns.get(table.name) ?? [],
      indexColumns: indexColumns.get(table.name) ?? [],
      foreignKeyColumns: foreignKeyColumns.get(table.name) ?? [],
      foreignKeyRules: foreignKeyRules.get(table.name) ?? [],
      checks: checks.get(table.name) ?? [],
      triggers: triggers.get(table.name) ?? [],
    }))
  }
}

function byTable<Item extends { readonly table: string }>(
  items: readonly Item[],
): ReadonlyMap<string, readonly Item[]> {
  return groupBy(items, ({ table }) => table)
}

function viewSnapshot(
  view: TableRow,
  columns: readonly { readonly name: string }[],
  definitions: ReadonlyMap<string, string>,
): ViewSnapshot {
  return {
    schema: namedSchema(view),
    name: view.name,
    columns: columns.map(({ name }) => name),
    definition: definitions.get(view.name) ?? '',
    triggers: [],
  }
}
