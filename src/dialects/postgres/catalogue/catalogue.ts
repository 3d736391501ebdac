// The structure of a PostgreSQL database, read anew at each call: of all schemas, what users have made. A table is found
// as PostgreSQL finds it, by the search path, temporary ones first. The whole takes the same two queries however many
// tables there are.

import type {
  Catalogue,
  DatabaseSnapshot,
  SchemaSummary,
  TableSnapshot,
  TableSummary,
  TypeSnapshot,
  ViewSnapshot,
} from '../../../schema/snapshot.js'
import type { Value } from '../../../schema/expression.js'
import type { TableName } from '../../../schema/table-name.js'
import type { Row, Session } from '../../dialect.js'
import type { PostgresServer } from '../server.js'
import { quoteTable } from '../sql/names.js'
import { type RelationFacts, type Structure, factsOf } from './structure.js'
import { isNotOfExtension, isOfUsers, shownSchema, structureSql } from './structure-sql.js'
import { inOrder, isView, tableSnapshot, viewSnapshot } from './table-snapshot.js'

export class PostgresCatalogue implements Catalogue {
  readonly #session: Session
  readonly #server: PostgresServer

  constructor(session: Session, server: PostgresServer) {
    this.#session = session
    this.#server = server
  }

  async snapshot(): Promise<DatabaseSnapshot> {
    const facts = await this.#facts("c.relkind in ('r', 'p', 'v', 'm')")
    return {
      tables: inOrder(facts.filter((fact) => !isView(fact)).map(tableSnapshot)),
      views: inOrder(facts.filter(isView).map(viewSnapshot)),
      types: await this.types(),
    }
  }

  async table(name: TableName): Promise<TableSnapshot | undefined> {
    const condition = "c.oid = to_regclass(?) and c.relkind in ('r', 'p', 'f', 'v', 'm')"
    const [found] = await this.#facts(condition, [quoteTable(name)])
    return found && tableSnapshot(found)
  }

  async tables(schema?: string): Promise<readonly TableSummary[]> {
    const rows = await this.#session.query(
      `select ${shownSchema} as schema, c.relname as name, pg_total_relation_size(c.oid) as size, ` +
        "obj_description(c.oid, 'pg_class') as comment from pg_class c join pg_namespace n on n.oid = c.relnamespace " +
        `where c.relkind in ('r', 'p') and ${inSchema(schema)} and ${isNotOfExtension('pg_class', 'c.oid')}`,
      schema === undefined ? [] : [schema],
    )
    return inOrder(rows.map(tableSummary))
  }

  async views(schema?: string): Promise<readonly ViewSnapshot[]> {
    const condition = `c.relkind in ('v', 'm') and ${inSchema(schema)}`
    const facts = await this.#facts(condition, schema === undefined ? [] : [schema])
    return inOrder(facts.map(viewSnapshot))
  }

  async types(schema?: string): Promise<readonly TypeSnapshot[]> {
    const rows = await this.#session.query(typesSql(schema), schema === undefined ? [] : [schema])
    return inOrder(rows.map(typeSnapshot))
  }

  async schemas(): Promise<readonly SchemaSummary[]> {
    const rows = await this.#session.query(
      'select n.nspname as name, p.place is not null as "isCurrent" from pg_namespace n ' +
        'left join unnest(current_schemas(false)) with ordinality p (name, place) on p.name = n.nspname ' +
        "where n.nspname <> 'information_schema' and n.nspname !~ '^pg_' order by p.place, n.nspname",
    )
    return rows.map((row) => ({
      name: String(row['name']),
      path: undefined,
      default: row['isCurrent'] === true,
    }))
  }

  async #facts(condition: string, bindings: readonly Value[] = []): Promise<readonly RelationFacts[]> {
    const [row] = await this.#session.query(structureSql(condition, this.#server.version), bindings)
    // Proof: the query builds the document key by key as the type says.
    const structure = row?.['structure'] as Structure | undefined
    return structure === undefined ? [] : factsOf(structure)
  }
}

function inSchema(schema: string | undefined): string {
  return schema === undefined ? isOfUsers : `${isOfUsers} and n.nspname = ?`
}

/** Domains are told by their type and conditions, composite types by their attributes. */
function typesSql(schema: string | undefined): string {
  const values =
    "case t.typtype when 'e' then (select json_agg(e.enumlabel order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid) " +
    "when 'c' then (select json_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod) order by a.attnum) " +
    'from pg_attribute a where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped) ' +
    'else (select json_agg(part order by place) from (select 0 as place, format_type(t.typbasetype, t.typtypmod) as part ' +
    "union all select 1, 'NOT NULL' where t.typnotnull union all select 2, 'DEFAULT ' || t.typdefault where t.typdefault is not null " +
    'union all select 2 + row_number() over (order by o.conname), pg_get_constraintdef(o.oid) from pg_constraint o ' +
    "where o.contypid = t.oid and o.contype = 'c') parts) end"
  return (
    `select ${shownSchema} as schema, t.typname as name, t.typtype as kind, ${values} as values ` +
    'from pg_type t join pg_namespace n on n.oid = t.typnamespace left join pg_class c on c.oid = t.typrelid ' +
    `where (t.typtype in ('e', 'd') or c.relkind = 'c') and ${inSchema(schema)} and ${isNotOfExtension('pg_type', 't.oid')}`
  )
}

const kinds: Readonly<Record<string, TypeSnapshot['kind']>> = { e: 'enum', d: 'domain', c: 'composite' }

function typeSnapshot(row: Row): TypeSnapshot {
  return {
    schema: textOf(row['schema']),
    name: String(row['name']),
    kind: kinds[String(row['kind'])] ?? 'composite',
    // Proof: json_agg of texts; null for an enum that has no values.
    values: (row['values'] as readonly string[] | null) ?? [],
  }
}

function tableSummary(row: Row): TableSummary {
  return {
    schema: textOf(row['schema']),
    name: String(row['name']),
    size: row['size'] === null ? undefined : Number(row['size']),
    comment: textOf(row['comment']),
    collation: undefined,
    engine: undefined,
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
