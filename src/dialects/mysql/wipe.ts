// Empties a database: views, tables with all that hangs on them, sequences (MariaDB). There are no types to drop; routines
// and events are left.

import type { TableName } from '../../schema/table-name.js'
import type { Session, Statement, WipeOptions } from '../dialect.js'
import { quoteTable } from './sql/names.js'

const kinds = ['view', 'table', 'sequence'] as const
type Kind = (typeof kinds)[number]

/** What `information_schema` calls them; the others there are the server's own. */
const kindOf: Readonly<Record<string, Kind>> = {
  VIEW: 'view',
  'BASE TABLE': 'table',
  'SYSTEM VERSIONED': 'table',
  SEQUENCE: 'sequence',
}

interface Thing extends TableName {
  readonly schema: string
  readonly kind: Kind | undefined
}

/** Foreign keys are off, because tables reference each other, and those of other databases may reference these. */
export async function wipe(session: Session, what: WipeOptions): Promise<void> {
  const things = (await thingsOf(session)).filter((thing) => !isExcepted(thing, what.except))
  const statements = kinds
    .filter((kind) => (kind === 'view' ? what.views : what.tables))
    .flatMap((kind) =>
      dropAll(
        kind,
        things.filter((thing) => thing.kind === kind),
      ),
    )
  if (statements.length > 0) await session.apply(statements)
}

async function thingsOf(session: Session): Promise<readonly Thing[]> {
  const rows = await session.query(
    'select table_schema as `schema`, table_name as name, table_type as type from information_schema.tables ' +
      'where table_schema = database() order by table_name',
  )
  return rows.map((row) => ({
    schema: String(row['schema']),
    name: String(row['name']),
    kind: kindOf[String(row['type'])],
  }))
}

/** Names of tables differ by case on some servers only (`lower_case_table_names`); what may be meant is left. */
function isExcepted({ schema, name }: Thing, except: TableName | undefined): boolean {
  return (
    except?.name.toLowerCase() === name.toLowerCase() &&
    (except.schema ?? schema).toLowerCase() === schema.toLowerCase()
  )
}

function dropAll(kind: Kind, things: readonly Thing[]): readonly Statement[] {
  if (things.length === 0) return []
  const sql = `drop ${kind} ${things.map(quoteTable).join(', ')}`
  return [{ sql, bindings: [], ...(kind === 'table' && { withoutForeignKeys: true }) }]
}
