// What a journal has to know of SQLite's statements. All but a few belong to the transaction that they are in, changes of
// structure too; those few may run twice.

import type { Effect, Journaling } from '../dialect.js'
import { statementKind } from './sql/statement-kind.js'

const immediate =
  /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*(?:vacuum|begin|commit|end|rollback|savepoint|release)\b/i
const pragma = /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*pragma\b/i
/** A pragma with a value, that is, unless the value is the name of what it tells of: https://www.sqlite.org/pragma.html */
const ofSession =
  /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*(?:attach\b|detach\b|pragma\s+(?:\w+\.)?(?!\w*(?:_info|_xinfo|_list|_check)\b)\w+\s*[=(])/i

export const journaling: Journaling = {
  effectOf: (sql): Effect => {
    if (ofSession.test(sql)) return 'session'
    if (immediate.test(sql)) return 'immediate'
    if (pragma.test(sql)) return 'none'
    return statementKind(sql) === 'read' ? 'none' : 'transactional'
  },
  parts: (statement) => [statement],
  prepare: () => Promise.resolve(),
  evidence: () => Promise.resolve(''),
}
