// The statements of tables, indexes, triggers and views as sqlite_schema keeps them: `CREATE`, the kind, then the object's name
// without its schema and without TEMP. Made again in the same place, they need the schema back.

import { quoteIdentifier } from '../sql/literal.js'
import { isIdentifier } from '../sql/mentions.js'
import { sameName } from '../sql/names.js'
import { isTrivia, tokenize, unquote, type Token } from '../sql/tokens.js'

/** One part of an index: a column, or an expression where `column` is undefined. */
export interface StoredIndexItem {
  readonly column: string | undefined
  readonly sql: string
}

export interface StoredIndexParts {
  readonly items: readonly StoredIndexItem[]
  /** The condition of a partial index. */
  readonly where: string | undefined
}

/** The statement with the object's name in `schema`. */
export function inSchema(sql: string, schema: string | undefined): string {
  if (schema === undefined) return sql
  const name = nameToken(sql)
  return `${sql.slice(0, name.offset)}${quoteIdentifier(schema)}.${sql.slice(name.offset)}`
}

/** The statement with another name for the object. */
export function withName(sql: string, name: string): string {
  const old = nameToken(sql)
  return `${sql.slice(0, old.offset)}${quoteIdentifier(name)}${sql.slice(old.offset + old.text.length)}`
}

/** The schema that a trigger's `ON schema.table` names; undefined where it names none. */
export function triggerTargetSchema(sql: string): string | undefined {
  const tokens = solidTokens(sql)
  const on = tokens.findIndex((token, index) => index > 2 && token.text.toUpperCase() === 'ON')
  const schema = tokens[on + 1]
  return tokens[on + 2]?.text === '.' && schema !== undefined ? unquote(schema.text) : undefined
}

/** What a trigger is fired by. */
export function triggerEvent(sql: string): 'INSERT' | 'UPDATE' | 'DELETE' {
  const name = nameToken(sql)
  const words = solidTokens(sql).filter((token) => token.offset > name.offset)
  const event = words.find((token) => /^(?:INSERT|UPDATE|DELETE)$/i.test(token.text))?.text.toUpperCase()
  return event === 'INSERT' || event === 'UPDATE' ? event : 'DELETE'
}

/** What stands in the brackets of a CREATE INDEX, and after `WHERE`. */
export function parseIndex(sql: string): StoredIndexParts {
  const tokens = solidTokens(sql)
  const start = tokens.findIndex((token) => token.text === '(')
  const items: StoredIndexItem[] = []
  let itemStart = start + 1
  let depth = 0
  for (let index = start; index < tokens.length; index += 1) {
    const text = tokens[index]?.text
    if (text === '(') depth += 1
    if (text === ')') depth -= 1
    if (depth === 0 || (depth === 1 && text === ',')) {
      items.push(indexItem(sql, tokens.slice(itemStart, index)))
      itemStart = index + 1
    }
    if (depth === 0) break
  }
  const where = tokens[itemStart + 1]
  return { items, where: where === undefined ? undefined : sql.slice(where.offset) }
}

function indexItem(sql: string, tokens: readonly Token[]): StoredIndexItem {
  const first = tokens[0]
  const last = tokens.at(-1)
  if (first === undefined || last === undefined) return { column: undefined, sql: '' }
  const text = sql.slice(first.offset, last.offset + last.text.length)
  return { column: isColumn(tokens) ? unquote(first.text) : undefined, sql: text }
}

/** A name, with no more than a collation and a direction after it. */
function isColumn([first, ...rest]: readonly Token[]): boolean {
  if (first === undefined || !(isIdentifier(first) || first.kind === 'string')) return false
  const words = rest.map((token) => token.text.toUpperCase())
  const afterCollation = words[0] === 'COLLATE' ? words.slice(2) : words
  return afterCollation.length === 0 || sameDirection(afterCollation)
}

function sameDirection(words: readonly string[]): boolean {
  return words.length === 1 && (words[0] === 'ASC' || words[0] === 'DESC')
}

/** The name: after `CREATE`, the kind (`UNIQUE INDEX` is of two words) and perhaps `IF NOT EXISTS`. */
function nameToken(sql: string): Token {
  const tokens = solidTokens(sql)
  const kind = tokens.findIndex((token) => /^(?:TABLE|INDEX|TRIGGER|VIEW)$/i.test(token.text))
  const isConditional =
    sameName(tokens[kind + 1]?.text ?? '', 'if') && sameName(tokens[kind + 2]?.text ?? '', 'not')
  const name = tokens[kind + (isConditional ? 4 : 1)]
  if (name === undefined) throw new RangeError(`no name in ${sql}`)
  return name
}

function solidTokens(sql: string): readonly Token[] {
  return tokenize(sql).filter((token) => !isTrivia(token))
}
