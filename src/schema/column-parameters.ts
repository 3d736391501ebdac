// The parameters of `addColumn`, which names a type and everything about the column in one object.

import { didYouMean } from '../support/nearest.js'
import type { ColumnModifiers } from './column-definition.js'
import type { TypeAttributes } from './column-types.js'
import { SchemaError, type SchemaSite } from './errors.js'

/** What `addColumn` takes: the attributes of a type, and modifiers of the column. */
export type ColumnParameters = Partial<TypeAttributes & ColumnModifiers>

const attributeNames = {
  length: true,
  precision: true,
  total: true,
  places: true,
  allowed: true,
  enumType: true,
  isFixed: true,
  subtype: true,
  srid: true,
  dimensions: true,
  definition: true,
} satisfies Record<keyof TypeAttributes, true>

const modifierNames = {
  nullable: true,
  default: true,
  useCurrent: true,
  useCurrentOnUpdate: true,
  unsigned: true,
  autoIncrement: true,
  startingValue: true,
  generated: true,
  identity: true,
  collation: true,
  charset: true,
  comment: true,
  invisible: true,
  position: true,
  using: true,
  algorithm: true,
  lock: true,
} satisfies Record<keyof ColumnModifiers, true>

/** Tells the attributes of the type from the modifiers of the column. */
export function splitParameters(
  site: SchemaSite,
  parameters: ColumnParameters,
): { readonly attributes: TypeAttributes; readonly modifiers: ColumnModifiers } {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined)
  const unknown = given.find(([name]) => !(name in attributeNames) && !(name in modifierNames))
  if (unknown !== undefined) throw unknownParameter(site, unknown[0])
  return {
    attributes: Object.fromEntries(given.filter(([name]) => name in attributeNames)),
    modifiers: Object.fromEntries(given.filter(([name]) => name in modifierNames)),
  }
}

function unknownParameter(site: SchemaSite, name: string): SchemaError {
  const allowed = [...Object.keys(attributeNames), ...Object.keys(modifierNames)]
  return new SchemaError({
    site,
    code: 'TM_UNKNOWN_WORD',
    message: `Parameter "${name}" of addColumn() is not known.${didYouMean(name, allowed)}`,
    remedy: `Use one of: ${allowed.join(', ')}.`,
    details: { given: name, allowed },
  })
}
