// What a journal has to know of SQLite's statements. All but a few belong to the transaction that they are in, changes of
// structure too; those few may run twice.

import type { Effect, Journaling } from '../dialect.js'
import { statementKind } from './sql/statement-kind.js'

const immediate =
  /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*(?:vacuum|pragma|attach|detach|begin|commit|end|rollback|savepoint|release)\b/i

export const journaling: Journaling = {
  effectOf: (sql): Effect => {
    if (immediate.test(sql)) return 'immediate'
    return statementKind(sql) === 'read' ? 'none' : 'transactional'
  },
  parts: (statement) => [statement],
  prepare: () => Promise.resolve(),
  evidence: () => Promise.resolve(''),
}
