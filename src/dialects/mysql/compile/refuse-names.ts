// Names, and values of enums and sets, that the servers cannot keep. MySQL turns a character beyond the basic plane into a question mark without a
// word, so that the table that it makes is found by no name; MariaDB refuses it with an error about character strings.
// https://dev.mysql.com/doc/refman/9.7/en/identifiers.html

import { SchemaError, type SchemaSite } from '../../../schema/errors.js'
import type { Column, Operation } from '../../../schema/operations.js'

/** @throws SchemaError for the first name that cannot be kept as it is */
export function refuseUnwritableNames(operations: readonly Operation[], label: string): void {
  for (const operation of operations) {
    const site = 'table' in operation ? { table: operation.table } : {}
    for (const name of newNames(operation)) refuseName(name, site, label)
    for (const column of columnsOf(operation)) refuseValues(column, site, label)
  }
}

function columnsOf(operation: Operation): readonly Column[] {
  if (operation.kind === 'createTable') return operation.columns
  return operation.kind === 'addColumn' || operation.kind === 'changeColumn' ? [operation.column] : []
}

/** No row could ever have such a value. */
function refuseValues({ name, attributes: { allowed = [] } }: Column, site: SchemaSite, label: string): void {
  const lost = allowed.find((value) => supplementaryIn(value) !== undefined)
  if (lost === undefined) return
  throw new SchemaError({
    site: { ...site, column: name },
    code: 'TM_INVALID_NAME',
    message: `${label} keeps no value with the character ${supplementaryIn(lost) ?? ''} in an enum or set: ${JSON.stringify(lost)}.`,
    remedy: 'Write the value without it, or use a string column with a check.',
    details: { given: lost },
  })
}

function refuseName(name: string, site: SchemaSite, label: string): void {
  const trouble = troubleWith(name)
  if (trouble === undefined) return
  throw new SchemaError({
    site,
    code: 'TM_INVALID_NAME',
    message: `${label} keeps no name ${trouble}: ${JSON.stringify(name)}.`,
    remedy: 'Take another name: letters of any script, digits, spaces and signs are fine.',
    details: { given: name },
  })
}

function troubleWith(name: string): string | undefined {
  const supplementary = supplementaryIn(name)
  if (supplementary !== undefined) return `with the character ${supplementary}`
  return /[ \t\n\v\f\r]$/.test(name) ? 'that ends in white space' : undefined
}

function supplementaryIn(text: string): string | undefined {
  return Array.from(text).find((character) => character.length > 1)
}

/** Names that an operation gives to something. */
function newNames(operation: Operation): readonly string[] {
  if (operation.kind === 'createTable')
    return [operation.table.name, ...operation.columns.map(({ name }) => name)]
  if (operation.kind === 'addColumn') return [operation.column.name]
  if (operation.kind === 'addIndex') return operation.index.kind === 'primary' ? [] : [operation.index.name]
  if (operation.kind === 'addForeignKey') return [operation.foreignKey.name]
  if (operation.kind === 'addCheck') return [operation.check.name]
  if (operation.kind === 'renameTable') return [operation.to.name]
  return operation.kind === 'renameColumn' || operation.kind === 'renameIndex' ? [operation.to] : []
}
