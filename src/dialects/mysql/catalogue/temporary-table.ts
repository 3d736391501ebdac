// A temporary table, which information_schema does not show: what SHOW tells of it. Keys to other tables it has none;
// its checks and the expressions of its generated columns stay unknown.

import type { TableSnapshot } from '../../../schema/snapshot.js'
import type { TableName } from '../../../schema/table-name.js'
import type { Row, Session } from '../../dialect.js'
import type { MysqlServer } from '../server.js'
import { quoteTable } from '../sql/names.js'
import { type ColumnInfo, type IndexColumnInfo, optionalText, text } from './catalogue-rows.js'
import { tableSnapshot } from './table-snapshot.js'

export async function readTemporaryTable(
  session: Session,
  name: TableName,
  { flavour }: MysqlServer,
): Promise<TableSnapshot | undefined> {
  const columns = await readIfThere(session, `show full columns from ${quoteTable(name)}`)
  if (columns === undefined) return undefined
  const indexes = await session.query(`show index from ${quoteTable(name)}`)
  const facts = {
    table: {
      schema: name.schema ?? '',
      isInDefault: name.schema === undefined,
      name: name.name,
      kind: 'table' as const,
      engine: undefined,
      collation: undefined,
      comment: undefined,
      options: [],
    },
    columns: columns.map(columnInfo),
    indexColumns: indexes.map(indexColumnInfo),
    foreignKeyColumns: [],
    foreignKeyRules: [],
    checks: [],
    triggers: [],
  }
  // SHOW gives literal defaults bare on both servers.
  return tableSnapshot(facts, { ...flavour.catalogue, hasBareDefaults: true })
}

async function readIfThere(session: Session, sql: string): Promise<readonly Row[] | undefined> {
  try {
    return await session.query(sql)
  } catch {
    return undefined
  }
}

function columnInfo(row: Row): ColumnInfo {
  const type = text(row, 'Type')
  const isMoment = /^current_timestamp/i.test(text(row, 'Default'))
  return {
    table: '',
    name: text(row, 'Field'),
    type,
    typeName: /^\w+/.exec(type)?.[0] ?? type,
    nullable: text(row, 'Null') === 'YES',
    default: row['Default'] === null ? undefined : text(row, 'Default'),
    charset: undefined,
    collation: optionalText(row, 'Collation'),
    extra: isMoment ? `DEFAULT_GENERATED ${text(row, 'Extra')}` : text(row, 'Extra'),
    comment: optionalText(row, 'Comment'),
    expression: undefined,
  }
}

function indexColumnInfo(row: Row): IndexColumnInfo {
  return {
    table: '',
    index: text(row, 'Key_name'),
    unique: Number(row['Non_unique']) === 0,
    column: optionalText(row, 'Column_name'),
    expression: optionalText(row, 'Expression'),
    descending: text(row, 'Collation') === 'D',
    length: row['Sub_part'] === null ? undefined : Number(row['Sub_part']),
    method: text(row, 'Index_type').toLowerCase(),
  }
}
