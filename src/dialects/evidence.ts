// What a catalogue says, cut down to a text that can be kept and compared.

import { createHash } from 'node:crypto'
import type { Operation } from '../schema/operations.js'
import type { TableName } from '../schema/table-name.js'

/** Two facts are the same if their texts are. */
export function evidenceOf(facts: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(facts ?? null))
    .digest('hex')
    .slice(0, 32)
}

/** The tables that an operation makes, changes or drops. */
export function tablesOf(operation: Operation): readonly TableName[] {
  if (operation.kind === 'renameTable') return [operation.table, operation.to]
  return 'table' in operation ? [operation.table] : []
}
