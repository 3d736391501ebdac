// The structure of a SQLite database, read anew at each call. Of what a database holds, all tables, views, indexes and
// triggers of all attached databases are shown; the whole takes the same few queries however many tables there are.

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
import {
  type ListedTable,
  type StoredObject,
  readColumns,
  readColumnsOf,
  readForeignKeys,
  readIndexColumns,
  readSchemas,
  readStored,
  readTables,
} from './catalogue-rows.js'
import { foldName, sameName } from '../sql/names.js'
import { quoteIdentifier } from '../sql/literal.js'
import { triggerTargetSchema } from '../create-table/stored-sql.js'
import { type TableFacts, byName, namedSchema, tableSnapshot, viewSnapshot } from './table-snapshot.js'

/** Counting a table's pages reads the whole file. */
const maxMeasuredBytes = 256 * 1024 * 1024

export class SqliteCatalogue implements Catalogue {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  async snapshot(): Promise<DatabaseSnapshot> {
    const facts = await readFacts(this.#session, await readTables(this.#session))
    return {
      tables: facts.filter(isTable).map(tableSnapshot),
      views: facts.filter((fact) => !isTable(fact)).map(viewSnapshot),
      types: [],
    }
  }

  async table(name: TableName): Promise<TableSnapshot | undefined> {
    const named = await readTables(this.#session, name.name)
    const found = (await schemaNames(this.#session))
      .filter((schema) => isIn({ schema }, name.schema))
      .flatMap((schema) => named.filter((table) => table.schema === schema))[0]
    const facts = await readFacts(this.#session, named, name.name)
    const ofFound = facts.find(({ table }) => table === found)
    return ofFound === undefined ? undefined : tableSnapshot(ofFound)
  }

  async tables(schema?: string): Promise<readonly TableSummary[]> {
    const tables = (await readTables(this.#session)).filter(({ type }) => type !== 'view')
    const listed = inOrder(tables.filter((table) => isIn(table, schema)))
    const sizes = await readSizes(this.#session, [...new Set(listed.map((table) => table.schema))])
    return listed.map((table) => ({
      schema: namedSchema(table.schema),
      name: table.name,
      size: sizes.get(keyOf(table.schema, table.name)),
      comment: undefined,
      collation: undefined,
      engine: undefined,
    }))
  }

  async views(schema?: string): Promise<readonly ViewSnapshot[]> {
    const views = (await readTables(this.#session)).filter(
      (table) => table.type === 'view' && isIn(table, schema),
    )
    return (await readFacts(this.#session, views)).map(viewSnapshot)
  }

  async types(): Promise<readonly []> {
    return []
  }

  async schemas(): Promise<readonly SchemaSummary[]> {
    const schemas = await readSchemas(this.#session)
    return schemas.map(({ name, file }) => ({
      name,
      path: file === '' ? undefined : file,
      default: name === 'main',
    }))
  }
}

function isTable({ table }: TableFacts): boolean {
  return table.type !== 'view'
}

function isIn(table: { readonly schema: string }, schema: string | undefined): boolean {
  return schema === undefined || sameName(table.schema, schema)
}

/** By name, those of `main` first. */
function inOrder(tables: readonly ListedTable[]): readonly ListedTable[] {
  const rank = ({ schema }: ListedTable) => (schema === 'main' ? '' : schema)
  return [...tables].sort((a, b) => byName({ name: rank(a) }, { name: rank(b) }) || byName(a, b))
}

/** The facts of `tables`; where they all have one name, that name makes reading them cheap. */
async function readFacts(
  session: Session,
  tables: readonly ListedTable[],
  name?: string,
): Promise<readonly TableFacts[]> {
  const schemas = await schemaNames(session)
  const hasTables = tables.some(({ type }) => type === 'table')
  const stored = await readStored(session, schemas, name)
  const storedBy = group(
    stored.map((object) => ({ ...object, schema: ownerSchema(object, tables, schemas) })),
  )
  const columnsBy = group(hasTables ? await readColumns(session, name) : [])
  const indexColumnsBy = group(hasTables ? await readIndexColumns(session, name) : [])
  const foreignKeysBy = group(hasTables ? await readForeignKeys(session, name) : [])
  const facts = inOrder(tables).map(async (table) => {
    const key = keyOf(table.schema, table.name)
    return {
      table,
      stored: storedBy.get(key) ?? [],
      columns: table.type === 'table' ? (columnsBy.get(key) ?? []) : await readColumnsOf(session, table),
      indexColumns: indexColumnsBy.get(key) ?? [],
      foreignKeys: foreignKeysBy.get(key) ?? [],
    }
  })
  return await Promise.all(facts)
}

async function schemaNames(session: Session): Promise<readonly string[]> {
  return (await readSchemas(session)).map(({ name }) => name)
}

/** Where the table of an object is: a temporary trigger may be on a table of another database. */
function ownerSchema(
  object: StoredObject,
  tables: readonly ListedTable[],
  schemas: readonly string[],
): string {
  if (object.schema !== 'temp' || object.type !== 'trigger' || object.sql === undefined) return object.schema
  const written = triggerTargetSchema(object.sql)
  if (written !== undefined) return foldName(written)
  const named = tables.filter((table) => sameName(table.name, object.table)).map(({ schema }) => schema)
  return schemas.find((schema) => named.includes(schema)) ?? object.schema
}

function group<Item extends { readonly schema: string; readonly table: string }>(
  items: readonly Item[],
): ReadonlyMap<string, readonly Item[]> {
  return groupBy(items, ({ schema, table }) => keyOf(schema, table))
}

function keyOf(schema: string, table: string): string {
  return `${foldName(schema)}.${foldName(table)}`
}

/** Bytes of each table with its indexes; none where the file is large or this SQLite does not tell. */
async function readSizes(session: Session, schemas: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const sizes = new Map<string, number>()
  for (const schema of schemas) {
    for (const row of await readSchemaSizes(session, schema)) {
      sizes.set(keyOf(schema, String(row['name'])), Number(row['size']))
    }
  }
  return sizes
}

async function readSchemaSizes(session: Session, schema: string) {
  const catalogue = `${quoteIdentifier(schema)}.sqlite_schema`
  try {
    return await session.query(
      'WITH sizes AS MATERIALIZED (SELECT name, pgsize FROM dbstat WHERE schema = ? AND aggregate = 1 ' +
        `AND (SELECT page_count * page_size FROM pragma_page_count(?), pragma_page_size(?)) <= ${maxMeasuredBytes}) ` +
        `SELECT m.tbl_name AS name, sum(s.pgsize) AS size FROM ${catalogue} m JOIN sizes s ON s.name = m.name ` +
        'GROUP BY m.tbl_name',
      [schema, schema, schema],
    )
  } catch {
    return []
  }
}
