// Names that the servers cannot keep. MySQL turns a character beyond the basic plane into a question mark without a
// word, so that the table that it makes is found by no name; MariaDB refuses it with an error about character strings.
// https://dev.mysql.com/doc/refman/9.7/en/identifiers.html

import { SchemaError, type SchemaSite } from '../../../schema/errors.js'
import type { Operation } from '../../../schema/operations.js'

/** @throws SchemaError for the first name that cannot be kept as it is */
export function refuseUnwritableNames(operations: readonly Operation[], label: string): void {
  for (const operation of operations) {
    const site = 'table' in operation ? { table: operation.table } : {}
    for (const name of newNames(operation)) refuseName(name, site, label)
  }
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
  const supplementary = Array.from(name).find((character) => character.length > 1)
  if (supplementary !== undefined) return `with the character ${supplementary}`
  return name.endsWith(' ') ? 'that ends in a space' : undefined
}

/** Names that an operation gives to something. */
function newNames(operation: Operation): readonly string[] {
  switch (operation.kind) {
    case 'createTable':
      return [operation.table.name, ...operation.columns.map(({ name }) => name)]
    case 'addColumn':
      return [operation.column.name]
    case 'addIndex':
      return operation.index.kind === 'primary' ? [] : [operation.index.name]
    case 'addForeignKey':
      return [operation.foreignKey.name]
    case 'addCheck':
      return [operation.check.name]
    case 'renameTable':
      return [operation.to.name]
    case 'renameColumn':
    case 'renameIndex':
      return [operation.to]
    default:
      return []
  }
}
