// What psql does with a script before the server sees it, and no server can.

import type { OpenStatement } from '../../collect-statements.js'
import { ClientCommandError } from '../../errors.js'
import type { Token } from '../../sql-tokens.js'

const writeSql = 'Take it out: only SQL can be run here.'
const runFile = 'Read that file and give its text to db.exec() too.'
const insertRows =
  "Insert the rows by db.table('…').insert([…]), or have pg_dump write them as INSERT with --inserts; a file that lies on the server is read by COPY … FROM '/path'."

const remedies: Readonly<Record<string, string>> = {
  '\\i': runFile,
  '\\ir': runFile,
  '\\include': runFile,
  '\\copy': insertRows,
  '\\c': 'Take it out: a script runs on the connection that it is given to.',
  '\\connect': 'Take it out: a script runs on the connection that it is given to.',
  '\\restrict': 'Take the line out; pg_dump writes it for psql alone.',
  '\\unrestrict': 'Take the line out; pg_dump writes it for psql alone.',
}

export function refuseClientCommand(token: Token, statement: OpenStatement): never {
  throw new ClientCommandError(
    'TM_CLIENT_COMMAND',
    `${token.text} is a command of psql, which the server does not know.`,
    remedies[token.text] ?? writeSql,
    statement.placeOf(token),
  )
}

/** Its rows follow on the lines below it, which are no SQL: nothing after it can be read. */
export function assertNoCopyFromStdin(token: Token, statement: OpenStatement): void {
  const [first] = statement.head
  if (token.text.toUpperCase() !== 'STDIN' || statement.last?.text.toUpperCase() !== 'FROM') return
  // In brackets is a query, which may read a table of that name.
  if (first?.text.toUpperCase() !== 'COPY' || statement.head[1]?.text === '(') return
  throw new ClientCommandError(
    'TM_COPY_FROM_STDIN',
    'COPY … FROM stdin takes its rows from the input of psql, which is not there.',
    insertRows,
    statement.placeOf(first),
  )
}
