// Which names a piece of SQL mentions, told from its tokens alone. A name that is mentioned may still be something
// else (an alias, a column of another table), so what this finds is a reason to look closer.

import { foldName, sameName } from './names.js'
import { isTrivia, tokenize, unquote, type Token } from './tokens.js'

/** The names in `sql`, in the form of `foldName`, without those of functions and collations. */
export function mentionedNames(sql: string): ReadonlySet<string> {
  const tokens = tokenize(sql).filter((token) => !isTrivia(token))
  const isName = (token: Token, index: number): boolean =>
    isIdentifier(token) &&
    tokens[index + 1]?.text !== '(' &&
    tokens[index - 1]?.text.toUpperCase() !== 'COLLATE'
  return new Set(tokens.filter(isName).map((token) => foldName(unquote(token.text))))
}

export function mentions(sql: string, name: string): boolean {
  return mentionedNames(sql).has(foldName(name))
}

/** `expression` with `table.column` written as `column`; nothing else is changed. */
export function withoutQualifier(expression: string, table: string): string {
  const tokens = tokenize(expression)
  const solid = tokens.filter((token) => !isTrivia(token))
  const dropped = new Set<Token>()
  for (const [index, token] of solid.entries()) {
    const dot = solid[index + 1]
    if (dot?.text !== '.' || !isIdentifier(token) || !sameName(unquote(token.text), table)) continue
    dropped.add(token).add(dot)
  }
  return tokens
    .filter((token) => !dropped.has(token))
    .map((token) => token.text)
    .join('')
}

export function isIdentifier(token: Token): boolean {
  return token.kind === 'word' || token.kind === 'quoted'
}
