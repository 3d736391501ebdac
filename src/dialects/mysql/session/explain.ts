// What the user may be told of an error that the driver threw: the server's own words, what kind of trouble they are, what
// they name, and what to do. The numbers are the same on MySQL and MariaDB for what they have in common.

import { messageOf } from '../../../support/errors.js'
import type { DatabaseProblem } from '../../dialect.js'
import { explainLostConnection } from '../../lost-connection.js'
import { errorNumber } from './error-codes.js'
import { explanations } from './explanations.js'

export function explain(error: unknown): DatabaseProblem {
  const lost = explainLostConnection(error)
  if (lost !== undefined) return lost
  const message = withoutValues(messageOf(error))
  const explanation = explanations[errorNumber(error) ?? 0]?.(message) ?? { kind: 'other', remedy: undefined }
  const offset = explanation.kind === 'syntax' ? syntaxOffset(message, statementOf(error)) : undefined
  return {
    message,
    ...explanation,
    ...(offset !== undefined && { offset }),
    ...(hasTakenEffect(error) && { tookEffect: true }),
  }
}

/** The session says so of a statement that could not be stopped in time. */
function hasTakenEffect(error: unknown): boolean {
  return error instanceof Error && 'tookEffect' in error && error.tookEffect === true
}

/**
 * `Duplicate entry 'Ada' for key 'users.name'`, `Incorrect integer value: 'x' for column 'n' at row 1`: the value is the
 * user's own, and no part of what is shown.
 */
function withoutValues(message: string): string {
  return message
    .replace(/^Duplicate entry '[\s\S]*' for key /, 'Duplicate entry for key ')
    .replace(/^(.{1,80}? value): '[\s\S]*'(?= for (?:column|function) |$)/, '$1')
}

/** The driver adds it to its errors. */
function statementOf(error: unknown): string | undefined {
  return error instanceof Error && 'sql' in error && typeof error.sql === 'string' ? error.sql : undefined
}

/**
 * The server tells the line, and the text that follows the place, cut off at 80 characters. A text that stands on the line
 * more than once is taken where it stands first, unless it reaches to the end of the statement.
 */
function syntaxOffset(message: string, sql: string | undefined): number | undefined {
  const [, near, line] = / near '([\s\S]*)' at line (\d+)$/.exec(message) ?? []
  if (sql === undefined || near === undefined || line === undefined) return undefined
  if (sql.endsWith(near)) return sql.length - near.length
  const lineStart = sql
    .split('\n')
    .slice(0, Number(line) - 1)
    .join('\n').length
  const found = sql.indexOf(near, lineStart)
  return found === -1 ? undefined : found
}
