// Carries a statement to the executor, and makes what the database says of it an error of the query: with the place in
// the user's SQL, and the nearest name where one was mistyped.

import { StatementError, TransactionControlError } from '../connection/errors.js'
import type { Executor } from '../connection/executor.js'
import { parseTableName } from '../schema/table-name.js'
import type { ErrorPlace } from '../support/errors.js'
import { didYouMean } from '../support/nearest.js'
import { QueryError } from './errors.js'

/** What is known of a statement beside its SQL. */
export interface QueryOrigin {
  /** The tables that it reads or changes, as far as they are known. */
  readonly tables?: readonly string[]
  readonly place?: ErrorPlace
}

/** Does `work`, which gives the executor one statement. */
export async function runQuery<T>(
  executor: Executor,
  work: () => Promise<T>,
  origin: QueryOrigin = {},
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof StatementError) throw await queryError(executor, error, origin)
    if (error instanceof TransactionControlError)
      throw new TransactionControlError({ ...error.place, ...origin.place })
    throw error
  }
}

async function queryError(
  executor: Executor,
  error: StatementError,
  origin: QueryOrigin,
): Promise<QueryError> {
  const hint = await nearestName(executor, error, origin.tables ?? []).catch(() => '')
  return new QueryError({
    code: error.code,
    kind: error.kind,
    message: `${error.message}${hint}`,
    remedy: error.remedy,
    place: { ...error.place, ...origin.place },
    details: error.details,
    cause: error.cause,
  })
}

/** A hint is a courtesy: where the catalogue cannot be read, the error goes without. */
async function nearestName(
  executor: Executor,
  error: StatementError,
  tables: readonly string[],
): Promise<string> {
  const { problem, table, column } = error.details
  if (problem === 'no-such-table' && typeof table === 'string') {
    return hintFor(parseTableName(table).name, await tableNames(executor))
  }
  if (problem === 'no-such-column' && typeof column === 'string') {
    return hintFor(column.slice(column.lastIndexOf('.') + 1), await columnNames(executor, tables))
  }
  return ''
}

function hintFor(given: string, known: readonly string[]): string {
  const hint = didYouMean(given, known)
  return hint === '' ? '' : `.${hint}`
}

async function tableNames(executor: Executor): Promise<string[]> {
  const tables = await executor.catalogue.tables()
  const views = await executor.catalogue.views()
  return [...tables, ...views].map(({ name }) => name)
}

async function columnNames(executor: Executor, tables: readonly string[]): Promise<string[]> {
  const found = await Promise.all(tables.map((table) => executor.catalogue.table(parseTableName(table))))
  return found.flatMap((table) => table?.columns.map(({ name }) => name) ?? [])
}
