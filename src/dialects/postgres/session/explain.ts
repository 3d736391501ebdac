// What PostgreSQL's errors mean and what to do about them. The server names each by a state, and many with the table,
// column and constraint; its words may be in any language, and are read only for the names in quotes.

import { messageOf } from '../../../support/errors.js'
import type { DatabaseProblem } from '../../dialect.js'
import { explainLostConnection } from '../../lost-connection.js'
import { sqlState } from './sql-state.js'
import { type Explanation, type ServerError, byClass, byState } from './states.js'

/** What the user may be told of an error that the driver or the session threw. */
export function explain(error: unknown): DatabaseProblem {
  const lost = explainLostConnection(error)
  if (lost !== undefined) return lost
  const message = messageOf(error)
  const state = sqlState(error)
  if (state === undefined) return { kind: 'other', message, remedy: undefined }
  const server = serverError(error, message)
  const explanation = byState[state] ?? byClass[state.slice(0, 2)]
  return { message, ...offsetOf(error), ...namesOf(server), ...explained(explanation, server) }
}

function explained(
  explanation: Explanation | ((error: ServerError) => Explanation) | undefined,
  error: ServerError,
): Explanation {
  if (typeof explanation === 'function') return explanation(error)
  return explanation ?? { kind: 'other', remedy: error.hint }
}

function serverError(error: unknown, message: string): ServerError {
  const fields = Object(error)
  const text = (name: string): string | undefined => {
    const field: unknown = Reflect.get(fields, name)
    return typeof field === 'string' ? field : undefined
  }
  return {
    message,
    names: quotedNames(message),
    hint: text('hint'),
    detail: text('detail'),
    table: text('table'),
    column: text('column') ?? keyColumn(text('detail')),
    constraint: text('constraint'),
  }
}

function namesOf({ table, column, constraint }: ServerError): Partial<DatabaseProblem> {
  return {
    ...(table !== undefined && { table }),
    ...(column !== undefined && { column }),
    ...(constraint !== undefined && { constraint }),
  }
}

/** The session has made the position one in the caller's SQL, counted from 1 (session.ts). */
function offsetOf(error: unknown): Pick<DatabaseProblem, 'offset'> {
  const position: unknown = Reflect.get(Object(error), 'position')
  return typeof position === 'string' ? { offset: Number(position) - 1 } : {}
}

/** The names in a message, whatever quotes its language has. One in a name is written as it is. */
function quotedNames(message: string): readonly string[] {
  return [...message.matchAll(/["“„«»「](.+?)["”“»«」](?=[\s.,;:!?)]|$)/g)].map(([, name = '']) => name)
}

/** `Key (email)=(a@b.c) already exists.` names the column, in any language, where it is one. Values are not told. */
function keyColumn(detail: string | undefined): string | undefined {
  const key = /\(([^()]+)\)=\(/.exec(detail ?? '')?.[1]
  return key === undefined || key.includes(', ') ? undefined : key.replace(/^"(.*)"$/, '$1')
}
