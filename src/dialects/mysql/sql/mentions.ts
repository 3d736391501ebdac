// Columns that an expression mentions: in backticks, as the catalogue writes them, or bare.

import type { Token } from '../../sql-tokens.js'
import { quoteIdentifier } from './literal.js'
import { sameName } from './names.js'
import { ScriptTokens } from './tokens.js'

export function mentionsColumn(sql: string, column: string): boolean {
  return [...new ScriptTokens(sql)].some((token) => isColumn(token, column))
}

export function withRenamedColumn(sql: string, from: string, to: string): string {
  return [...new ScriptTokens(sql)]
    .map((token) => (isColumn(token, from) ? quoteIdentifier(to) : token.text))
    .join('')
}

function isColumn({ kind, text }: Token, column: string): boolean {
  return kind === 'word' ? sameName(text, column) : sameName(text, quoteIdentifier(column))
}
