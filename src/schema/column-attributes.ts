// What stands in a type's brackets: taken from the type's row, and refused where it cannot be right on any database.

import { checkedInteger } from './argument-checks.js'
import {
  type ColumnTypeName,
  type ColumnTypeRow,
  type TypeArguments,
  type TypeAttributes,
  type TypeDefaults,
  columnTypes,
} from './column-types.js'
import { SchemaError, type SchemaSite } from './errors.js'

/** What a type's row makes of the arguments that its method was given. */
export function typeArguments(
  type: ColumnTypeName,
  defaults: TypeDefaults,
  args: readonly unknown[],
): TypeArguments {
  // Proof: the arguments come from the method of the same row, whose parameters are the row's own.
  const row = columnTypes[type] as unknown as ColumnTypeRow<readonly unknown[]>
  return row.arguments(defaults, ...args)
}

/** The attributes of a type that was given nothing. */
export function attributesOf(type: ColumnTypeName, defaults: TypeDefaults): TypeAttributes {
  return typeArguments(type, defaults, []).attributes ?? {}
}

/** The least value of each attribute that is a number. */
const least = { length: 1, precision: 0, total: 1, places: 0, srid: 0, dimensions: 1 } as const

/** The attributes, if a type can have them. */
export function checkedAttributes(
  site: SchemaSite,
  type: ColumnTypeName,
  attributes: TypeAttributes,
): TypeAttributes {
  for (const [name, min] of Object.entries(least)) {
    // Proof: the keys of `least` are the attributes that are numbers.
    const value = attributes[name as keyof typeof least]
    if (value !== undefined && value !== null) checkedInteger(site, `The ${name} of ${type}()`, value, min)
  }
  if ((attributes.places ?? 0) > (attributes.total ?? Infinity)) throw tooManyPlaces(site, attributes)
  if ((type === 'enum' || type === 'set') && !isListOfTexts(attributes.allowed)) throw noValues(site, type)
  if ((type === 'rawColumn' || type === 'computed') && !attributes.definition) throw noDefinition(site, type)
  return attributes
}

function isListOfTexts(values: unknown): boolean {
  return Array.isArray(values) && values.length > 0 && values.every((value) => typeof value === 'string')
}

function tooManyPlaces(site: SchemaSite, { total = 0, places = 0 }: TypeAttributes): SchemaError {
  return new SchemaError({
    site,
    code: 'TM_INVALID_NUMBER',
    message: `decimal() has ${places} places after the point, but only ${total} digits in all.`,
    remedy: `Give it more digits: table.decimal('${site.column ?? 'price'}', ${total + places}, ${places}).`,
    details: { total, places },
  })
}

function noValues(site: SchemaSite, type: string): SchemaError {
  return new SchemaError({
    site,
    code: 'TM_EMPTY_LIST',
    message: `${type}() is given no list of texts to choose from.`,
    remedy: `List the values: table.${type}('${site.column ?? 'status'}', ['draft', 'published']).`,
  })
}

function noDefinition(site: SchemaSite, type: string): SchemaError {
  return new SchemaError({
    site,
    code: 'TM_EMPTY_SQL',
    message: `${type}() is given no SQL.`,
    remedy: `Write it: table.${type}('${site.column ?? 'total'}', 'integer not null').`,
  })
}
