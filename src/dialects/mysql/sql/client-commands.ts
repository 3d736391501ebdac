// What the `mysql` client does with a script before the server sees it.

import type { OpenStatement } from '../../collect-statements.js'
import { ClientCommandError } from '../../errors.js'
import type { Token } from '../../sql-tokens.js'

const restOfLine = /[ \t]*(\S*)[^\n]*/y

/** `\g` and `\G` end a statement as a semicolon does; `\N` is NULL. */
const backslashSql: ReadonlySet<string> = new Set(['\\g', '\\G', '\\N'])

const readFile = 'Read that file and give its text to db.exec() too.'

/** Where a statement would begin. */
export function isDelimiterCommand(token: Token): boolean {
  return token.kind === 'word' && token.text.toUpperCase() === 'DELIMITER'
}

/** What the command sets, and where its line ends. */
export function readDelimiter(
  sql: string,
  token: Token,
  statement: OpenStatement,
): { readonly delimiter: string; readonly end: number } {
  restOfLine.lastIndex = token.offset + token.text.length
  const [line = '', delimiter = ''] = restOfLine.exec(sql) ?? []
  if (delimiter !== '') return { delimiter, end: token.offset + token.text.length + line.length }
  throw new ClientCommandError(
    'TM_CLIENT_COMMAND',
    'DELIMITER is followed by nothing.',
    'Write what is to end statements behind it: DELIMITER //.',
    statement.placeOf(token),
  )
}

export function refuseClientCommand(token: Token, statement: OpenStatement): void {
  const isSource = statement.last === undefined && token.text.toUpperCase() === 'SOURCE'
  if (!isSource && (token.kind !== 'client' || backslashSql.has(token.text))) return
  throw new ClientCommandError(
    'TM_CLIENT_COMMAND',
    `${token.text} is a command of the mysql client, which the server does not know.`,
    isSource || token.text === '\\.' ? readFile : 'Take it out: only SQL can be run here.',
    statement.placeOf(token),
  )
}
