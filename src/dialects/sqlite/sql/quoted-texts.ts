// Texts in double quotes, which older tools wrote and SQLite took where no column has that name
// (https://www.sqlite.org/quirks.html#dblquote). A SQLite built without that reads them in a stored statement, but not
// in a new one; in single quotes they mean the same in both.

import { foldName } from './names.js'
import { type Token, isTrivia, tokenize, unquote } from './tokens.js'

const rowidNames = ['rowid', '_rowid_', 'oid']

/** The statement or constraint with each such text in its brackets, or after WHERE, in single quotes. */
export function withSingleQuotes(sql: string, columns: readonly string[]): string {
  if (!sql.includes('"')) return sql
  const names = new Set([...columns, ...rowidNames].map(foldName))
  const tokens = tokenize(sql)
  const texts = new Set(
    textTokens(
      tokens.filter((token) => !isTrivia(token)),
      names,
    ),
  )
  return tokens.map((token) => (texts.has(token) ? asText(token) : token.text)).join('')
}

function textTokens(tokens: readonly Token[], names: ReadonlySet<string>): readonly Token[] {
  let depth = 0
  let isCondition = false
  return tokens.filter((token, index) => {
    if (token.text === '(') depth += 1
    if (token.text === ')') depth -= 1
    if (depth === 0 && token.text.toUpperCase() === 'WHERE') isCondition = true
    const isName =
      isPartOfName(tokens[index - 1], tokens[index + 1]) || names.has(foldName(unquote(token.text)))
    return (depth > 0 || isCondition) && token.text.startsWith('"') && !isName
  })
}

/** `t."a"`, `"a".b`, a function, a collation or the type of a CAST. */
function isPartOfName(before: Token | undefined, after: Token | undefined): boolean {
  return (
    ['.', 'COLLATE', 'AS'].includes(before?.text.toUpperCase() ?? '') ||
    after?.text === '.' ||
    after?.text === '('
  )
}

function asText({ text }: Token): string {
  return `'${unquote(text).replaceAll("'", "''")}'`
}
