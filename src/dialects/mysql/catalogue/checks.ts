// Checks. MariaDB's check_constraints say of which table each is. MySQL's do not, and joining them to what does takes it
// minutes where there are thousands, so there the two are read one after the other.

import type { Session } from '../../dialect.js'
import type { CatalogueWords } from '../server.js'
import { type OfTable, type Place, condition, text } from './catalogue-rows.js'

export interface CheckInfo extends OfTable {
  readonly name: string
  readonly expression: string
  /** A check in the column's own definition (MariaDB). */
  readonly isOfColumn: boolean
  readonly isEnforced: boolean
}

export async function readChecks(
  session: Session,
  place: Place,
  { checksNameTheirTable }: CatalogueWords,
): Promise<readonly CheckInfo[]> {
  return checksNameTheirTable
    ? await readNamedChecks(session, place)
    : await readUnnamedChecks(session, place)
}

async function readNamedChecks(session: Session, place: Place): Promise<readonly CheckInfo[]> {
  const { where, bindings } = condition(place, 'constraint_schema', 'table_name')
  const rows = await session.query(
    'select table_name as tbl, constraint_name as name, check_clause as expression, level as level ' +
      `from information_schema.check_constraints where ${where} order by table_name, constraint_name`,
    bindings,
  )
  return rows.map((row) => ({
    table: text(row, 'tbl'),
    name: text(row, 'name'),
    expression: text(row, 'expression'),
    isOfColumn: text(row, 'level') === 'Column',
    isEnforced: true,
  }))
}

async function readUnnamedChecks(session: Session, place: Place): Promise<readonly CheckInfo[]> {
  const { where, bindings } = condition(place, 'constraint_schema', 'table_name')
  const constraints = await session.query(
    'select table_name as tbl, constraint_name as name, enforced as enforced from information_schema.table_constraints ' +
      `where ${where} and constraint_type = 'CHECK' order by table_name, constraint_name`,
    bindings,
  )
  if (constraints.length === 0) return []
  const expressions = await readCheckClauses(
    session,
    place,
    constraints.map((row) => text(row, 'name')),
  )
  return constraints.map((row) => ({
    table: text(row, 'tbl'),
    name: text(row, 'name'),
    expression: expressions.get(text(row, 'name')) ?? '',
    isOfColumn: false,
    isEnforced: text(row, 'enforced') === 'YES',
  }))
}

/** By the names of the checks, of which a database has each once. */
async function readCheckClauses(
  session: Session,
  { schema, table }: Place,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { where, bindings } = condition({ schema }, 'constraint_schema', '')
  const named = table === undefined ? [] : names
  const rows = await session.query(
    'select constraint_name as name, check_clause as expression from information_schema.check_constraints ' +
      `where ${where}${named.length === 0 ? '' : ` and constraint_name in (${named.map(() => '?').join(', ')})`}`,
    [...bindings, ...named],
  )
  return new Map(rows.map((row) => [text(row, 'name'), text(row, 'expression')]))
}
