// Empties the schemas of the search path: tables with all that hangs on them, views, types. What belongs to an extension
// goes with the extension, and so stays; so do functions.

import type { TableName } from '../../schema/table-name.js'
import type { Session, Statement, WipeOptions } from '../dialect.js'
import { quoteTable } from './sql/names.js'

/** The kinds of thing in the order in which they are dropped: what stands on others goes first. */
const kinds = ['materialized view', 'view', 'table', 'foreign table', 'sequence', 'domain', 'type'] as const
type Kind = (typeof kinds)[number]

const wanted: Readonly<Record<Kind, keyof WipeOptions>> = {
  'materialized view': 'views',
  view: 'views',
  table: 'tables',
  'foreign table': 'tables',
  sequence: 'tables',
  domain: 'types',
  type: 'types',
}

/**
 * What there is to drop. A sequence that belongs to a column goes with it; the type of a table's rows, of its array and of a
 * range's several ranges are parts of it.
 */
const thingsSql = `
  with path as (select oid, nspname from pg_catalog.pg_namespace where nspname = any (current_schemas(false))),
  member as (select classid, objid from pg_catalog.pg_depend where deptype = 'e'),
  relation as (
    select oid, relnamespace as schema, relname as name, relkind as kind
    from pg_catalog.pg_class
    where relkind in ('r', 'p', 'f', 'v', 'm', 'S', 'c')
      and not exists (select from member where classid = 'pg_catalog.pg_class'::regclass and objid = pg_class.oid)
  )
  select
    nspname as schema, name,
    case kind
      when 'v' then 'view' when 'm' then 'materialized view' when 'f' then 'foreign table'
      when 'S' then 'sequence' when 'c' then 'type' else 'table'
    end as kind
  from relation join path on path.oid = schema
  where kind <> 'S' or not exists (
    select from pg_catalog.pg_depend
    where classid = 'pg_catalog.pg_class'::regclass and objid = relation.oid and deptype in ('a', 'i')
  )
  union all
  select nspname, typname, case typtype when 'd' then 'domain' else 'type' end
  from pg_catalog.pg_type join path on path.oid = typnamespace
  where typtype in ('e', 'd', 'r')
    and not exists (select from member where classid = 'pg_catalog.pg_type'::regclass and objid = pg_type.oid)
  order by 1, 2`

interface Thing extends TableName {
  readonly kind: string
}

/**
 * All in one transaction. CASCADE, because tables reference each other and views stand on tables; it also takes columns
 * along whose type is dropped.
 */
export async function wipe(session: Session, what: WipeOptions): Promise<void> {
  await session.transaction(async () => {
    for (const kind of kinds) {
      if (!what[wanted[kind]]) continue
      // Asked anew for each kind, because CASCADE has taken others along.
      const things = (await thingsOf(session)).filter(
        (thing) => thing.kind === kind && !isExcepted(thing, what.except),
      )
      if (things.length > 0) await session.apply([dropAll(kind, things)])
    }
  })
}

async function thingsOf(session: Session): Promise<readonly Thing[]> {
  const rows = await session.query(thingsSql)
  return rows.map((row) => ({
    schema: String(row['schema']),
    name: String(row['name']),
    kind: String(row['kind']),
  }))
}

/** The sequence of a table's own column is none of the things: it stays with the table. */
function isExcepted({ schema, name, kind }: Thing, except: TableName | undefined): boolean {
  return kind === 'table' && except?.name === name && (except.schema ?? schema) === schema
}

function dropAll(kind: Kind, things: readonly Thing[]): Statement {
  return { sql: `drop ${kind} ${things.map(quoteTable).join(', ')} cascade`, bindings: [] }
}
