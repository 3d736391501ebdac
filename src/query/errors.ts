// What can be wrong with a query: what was asked for makes no sense, or the database refused it.

import { TidemarkError } from '../support/errors.js'
import { didYouMean } from '../support/nearest.js'

/** A query that cannot be made, or that the database refused. `place.sql` is the statement without its values. */
export class QueryError extends TidemarkError {
  override readonly name = 'QueryError'
}

/** `subject` is what was given the value, as a person would call it: `where("email")`. */
export function undefinedValueError(subject: string): QueryError {
  return new QueryError({
    code: 'TM_UNDEFINED_VALUE',
    message: `${subject} was given undefined, which is no value of a database.`,
    remedy: 'Give a value, or null where NULL is meant; leave the call out where there is nothing to say.',
    details: { subject },
  })
}

export function invalidValueError(subject: string, given: string, remedy: string): QueryError {
  return new QueryError({
    code: 'TM_INVALID_VALUE',
    message: `${subject} was given ${given}; allowed are a string, number, bigint, boolean, null, Date or Uint8Array.`,
    remedy,
    details: { subject, given },
  })
}

export function bindingCountError(sql: string, placeholders: number, bindings: number): QueryError {
  return new QueryError({
    code: 'TM_BINDING_COUNT',
    message: `The statement has ${counted(placeholders, 'placeholder')} and was given ${counted(bindings, 'binding')}.`,
    remedy: 'Write one ? for each binding, in the same order.',
    place: { sql },
    details: { placeholders, bindings },
  })
}

export function unknownOperatorError(operator: string, allowed: readonly string[]): QueryError {
  return new QueryError({
    code: 'TM_UNKNOWN_OPERATOR',
    message: `"${operator}" is no operator.${didYouMean(operator, allowed)} Allowed are: ${allowed.join(', ')}.`,
    remedy: 'Use one of these, or write the condition as SQL: whereRaw(\'"a" % ? = 0\', [2]).',
    details: { operator, allowed },
  })
}

export function tooManyBindingsError(sql: string, bindings: number, allowed: number): QueryError {
  return new QueryError({
    code: 'TM_TOO_MANY_BINDINGS',
    message: `The query binds ${bindings} values; this database takes ${allowed} in one statement.`,
    remedy: 'Cut the list that is given to whereIn() into several queries, or use a sub-query.',
    place: { sql },
    details: { bindings, allowed },
  })
}

/** A call that contradicts itself or the calls before it. */
export function misuseError(message: string, remedy: string): QueryError {
  return new QueryError({ code: 'TM_QUERY_MISUSE', message, remedy })
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
