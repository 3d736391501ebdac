// What the compiler cannot refuse, or cannot refuse a caller in plain JavaScript: empty names, empty lists, unknown
// words, numbers that are none. Each check gives the value back, so that it can stand where the value is used.

import { didYouMean } from '../support/nearest.js'
import { SchemaError, type SchemaSite } from './errors.js'
import { Expression } from './expression.js'
import { maxTypeNameBytes } from './names.js'
import { type TableName, parseTableName } from './table-name.js'

/** A name that is to be quoted: not empty, without NUL, and short enough where the database has a limit. */
export function checkedName(site: SchemaSite, what: string, name: string, maxBytes?: number): string {
  if (typeof name !== 'string' || name.trim() === '' || name.includes('\0'))
    throw invalidName(site, what, name)
  if (maxBytes !== undefined && Buffer.byteLength(name) > maxBytes)
    throw nameTooLong(site, what, name, maxBytes)
  return name
}

/** The name of a type of the database's own, `mood` or `app.mood`. */
export function checkedTypeName(site: SchemaSite, name: string): TableName {
  const type = parseTableName(checkedName(site, 'The name of the type', name))
  checkedName(site, 'The name of the type', type.name, maxTypeNameBytes)
  return type
}

/** One thing or several, as a list that is not empty. */
export function checkedList<Item>(site: SchemaSite, items: readonly Item[]): readonly Item[] {
  if (!Array.isArray(items) || items.length === 0) throw emptyList(site)
  return items
}

/** One name or several, as a list that is not empty. */
export function checkedColumns(site: SchemaSite, columns: string | readonly string[]): readonly string[] {
  const list = checkedList(site, typeof columns === 'string' ? [columns] : columns)
  return list.map((column) => checkedName(site, 'The name of a column', column))
}

/** One of the words that are allowed. */
export function checkedWord<Word extends string>(
  site: SchemaSite,
  what: string,
  given: unknown,
  allowed: readonly Word[],
): Word {
  const found = allowed.find((word) => word === given)
  if (found !== undefined) return found
  throw new SchemaError({
    site,
    code: 'TM_UNKNOWN_WORD',
    message: `${what} "${String(given)}" is not known.${didYouMean(String(given), allowed)}`,
    remedy: `Use one of: ${allowed.map((word) => `'${word}'`).join(', ')}.`,
    details: { given, allowed },
  })
}

/** A whole number from `min` on. */
export function checkedInteger(site: SchemaSite, what: string, value: number, min: number): number {
  if (Number.isSafeInteger(value) && value >= min) return value
  throw new SchemaError({
    site,
    code: 'TM_INVALID_NUMBER',
    message: `${what} is ${String(value)}; it must be a whole number from ${min} on.`,
    remedy: `Give ${site.method ?? 'the method'}() a whole number from ${min} on.`,
    details: { given: value, min },
  })
}

/** A text, which may be empty. */
export function checkedText(site: SchemaSite, what: string, text: string): string {
  if (typeof text === 'string') return text
  throw new SchemaError({
    site,
    code: 'TM_INVALID_TEXT',
    message: `${what} is ${JSON.stringify(text) ?? 'undefined'}; it must be a text.`,
    remedy: `Give ${site.method ?? 'the method'}() a text, '' for none.`,
    details: { given: text },
  })
}

/** A piece of SQL, as text or out of `db.raw`, that is not empty. */
export function checkedSql(site: SchemaSite, what: string, sql: string | Expression): string {
  const text = sql instanceof Expression ? sql.sql : sql
  if (typeof text === 'string' && text.trim() !== '') return text
  throw new SchemaError({
    site,
    code: 'TM_EMPTY_SQL',
    message: `${what} is ${text === '' ? 'empty' : JSON.stringify(text)}; it must be a piece of SQL.`,
    remedy: `Write the expression as text: ${site.method ?? 'method'}('price * amount').`,
  })
}

function invalidName(site: SchemaSite, what: string, name: unknown): SchemaError {
  return new SchemaError({
    site,
    code: 'TM_INVALID_NAME',
    message: `${what} is ${JSON.stringify(name) ?? String(name)}; it must be a text that is not empty.`,
    remedy: site.method === undefined ? 'Give it a name.' : `Give ${site.method}() a name.`,
    details: { given: name },
  })
}

function nameTooLong(site: SchemaSite, what: string, name: string, maxBytes: number): SchemaError {
  return new SchemaError({
    site,
    code: 'TM_NAME_TOO_LONG',
    message: `${what} "${name}" is ${Buffer.byteLength(name)} bytes long; the database allows ${maxBytes}.`,
    remedy: `Choose a name of at most ${maxBytes} bytes${site.method === undefined ? '' : ` for ${site.method}()`}.`,
    details: { given: name, maxBytes },
  })
}

function emptyList(site: SchemaSite): SchemaError {
  const method = site.method ?? 'the method'
  return new SchemaError({
    site,
    code: 'TM_EMPTY_LIST',
    message: `${method}() names no column.`,
    remedy: `Name at least one: ${method}(['created_at']).`,
  })
}
