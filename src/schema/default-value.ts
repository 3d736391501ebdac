// What can be the default of a column: a value that every database can write down, JSON, or an expression.

import { SchemaError, type SchemaSite } from './errors.js'
import { type DefaultValue, Expression } from './expression.js'

/** The value, if it can be written into a table's definition. */
export function checkedDefault(site: SchemaSite, value: DefaultValue): DefaultValue {
  const trouble = troubleWith(value)
  if (trouble === undefined) return value
  throw new SchemaError({
    site,
    code: 'TM_INVALID_DEFAULT',
    message: `default(…) is given ${trouble}, which is not a value.`,
    remedy:
      value === undefined
        ? 'Leave default() out, or write default(null) to take a default away.'
        : "Give a text, number, boolean, date, list or object, or SQL: default(db.raw('…')).",
  })
}

function troubleWith(value: unknown): string | undefined {
  if (value === undefined) return 'undefined'
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value)
  if (typeof value === 'function' || typeof value === 'symbol') return `a ${typeof value}`
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'an invalid date' : undefined
  return isNested(value) ? Object.values(value).map(troubleWith).find(Boolean) : undefined
}

/** Whether the value becomes JSON text. */
function isNested(value: unknown): value is object {
  return (
    typeof value === 'object' &&
    value !== null &&
    !(value instanceof Expression) &&
    !(value instanceof Uint8Array)
  )
}
