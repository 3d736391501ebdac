// The enum types that columns are of: made where there is none of that name, used as they are where the values are the
// same, and refused where they are others.

import { SchemaError } from '../../../schema/errors.js'
import type { Column, Operation } from '../../../schema/operations.js'
import type { Catalogue, TypeSnapshot } from '../../../schema/snapshot.js'
import { type TableName, formatTableName, parseTableName } from '../../../schema/table-name.js'
import type { Statement } from '../../dialect.js'
import { quoteString } from '../sql/literal.js'
import { quoteTable } from '../sql/names.js'
import { statement } from './statement.js'

export function createEnumSql(type: TableName, values: readonly string[]): string {
  return `create type ${quoteTable(type)} as enum (${values.map(quoteString).join(', ')})`
}

/** The type that a column is of, as it would be if the column made it. */
export function enumTypeOf({ type, attributes }: Column): TypeSnapshot | undefined {
  if (type !== 'enum' || attributes.enumType === undefined) return undefined
  return { ...parseTableName(attributes.enumType), kind: 'enum', values: attributes.allowed ?? [] }
}

/** What makes the types that the columns need and that are not there. */
export async function enumTypeStatements(
  columns: readonly Column[],
  operation: Operation,
  catalogue: Catalogue,
): Promise<readonly Statement[]> {
  const wanted = columns.flatMap((column) => {
    const type = enumTypeOf(column)
    return type === undefined ? [] : [{ column, type }]
  })
  if (wanted.length === 0) return []
  const known = [...(await catalogue.types())]
  const current = (await catalogue.schemas()).find((schema) => schema.default)?.name
  const statements: Statement[] = []
  for (const { column, type } of wanted) {
    const schema = type.schema === current ? undefined : type.schema
    const found = known.find((one) => one.name === type.name && one.schema === schema)
    if (found === undefined) {
      known.push({ ...type, schema })
      statements.push(statement(createEnumSql(type, type.values), operation))
    } else if (!hasSameValues(found, type)) throw otherValues(column, found, type)
  }
  return statements
}

function hasSameValues(one: TypeSnapshot, other: TypeSnapshot): boolean {
  return one.kind === 'enum' && JSON.stringify(one.values) === JSON.stringify(other.values)
}

function otherValues({ name }: Column, found: TypeSnapshot, wanted: TypeSnapshot): SchemaError {
  const type = formatTableName(wanted)
  const list = (values: readonly string[]) => values.map((value) => `'${value}'`).join(', ')
  const what = found.kind === 'enum' ? `has the values ${list(found.values)}` : `is a ${found.kind}`
  return new SchemaError({
    site: { column: name, method: 'native' },
    code: 'TM_TYPE_DIFFERS',
    message: `The type "${type}" exists and ${what}; the column "${name}" asks for ${list(wanted.values)}.`,
    remedy:
      `Give the column a type of another name, .native('…'), or change the type first: ` +
      `db.statement('alter type ${quoteTable(wanted)} add value …').`,
    details: { type, found: found.values, wanted: wanted.values },
  })
}
