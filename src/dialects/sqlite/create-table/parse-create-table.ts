// Takes a stored CREATE TABLE apart (https://www.sqlite.org/lang_createtable.html). It relies on SQLite having accepted
// the statement and refuses nothing that SQLite takes: constraints without commas between them, keywords and strings
// as names, types of any words.

import type { ColumnSource, CreateTableSource, TableConstraintSource, Trivia } from './create-table.js'
import { parseColumn } from './parse-column.js'
import { parseTableConstraint } from './parse-table-constraint.js'
import { TokenReader, UnexpectedToken } from '../sql/token-reader.js'
import { isTrivia, tokenize, unquote } from '../sql/tokens.js'

type Body = Pick<CreateTableSource, 'columns' | 'constraints' | 'beforeClose'>

/** The parts of a CREATE TABLE; `undefined` for a virtual table, `CREATE TABLE … AS`, and all that is no such thing. */
export function parseCreateTable(sql: string): CreateTableSource | undefined {
  try {
    return parseStatement(new TokenReader(sql))
  } catch (error) {
    if (error instanceof UnexpectedToken) return undefined
    throw error
  }
}

function parseStatement(reader: TokenReader): CreateTableSource {
  skipHead(reader)
  const head = reader.sql.slice(0, reader.start)
  const nameText = reader.take().text
  const beforeBody = reader.sql.slice(reader.end, reader.start)
  const body = parseBody(reader)
  const tail = reader.sql.slice(reader.end)
  return { head, name: unquote(nameText), nameText, beforeBody, ...body, tail, ...parseOptions(tail) }
}

function skipHead(reader: TokenReader): void {
  reader.expect('CREATE')
  reader.acceptOneOf('TEMP', 'TEMPORARY')
  reader.expect('TABLE')
  reader.accept('IF', 'NOT', 'EXISTS')
  if (reader.peek(1) !== '.') return
  reader.take()
  reader.expect('.')
}

function parseBody(reader: TokenReader): Body {
  const columns: ColumnSource[] = []
  const constraints: TableConstraintSource[] = []
  reader.expect('(')
  let itemStart = reader.end
  let isJoined = false
  for (;;) {
    const leading = reader.sql.slice(itemStart, reader.start)
    const constraint = parseTableConstraint(reader)
    const column = constraint === undefined ? parseColumn(reader) : undefined
    const comma = takeComma(reader)
    if (constraint !== undefined) constraints.push({ leading, ...constraint, ...comma.trivia, isJoined })
    if (column !== undefined) columns.push({ leading, ...column, ...comma.trivia })
    if (!comma.isTaken && (column !== undefined || reader.peek() === ')')) break
    itemStart = reader.end + comma.trivia.afterComma.length
    isJoined = !comma.isTaken
  }
  const beforeClose = reader.sql.slice(reader.end, reader.start)
  reader.expect(')')
  return { columns, constraints, beforeClose }
}

interface Comma {
  readonly isTaken: boolean
  readonly trivia: Omit<Trivia, 'leading'>
}

function takeComma(reader: TokenReader): Comma {
  const beforeComma = reader.sql.slice(reader.end, reader.start)
  if (!reader.accept(',')) return { isTaken: false, trivia: { beforeComma: '', afterComma: '' } }
  const afterComma = endOfLineComment(reader.sql.slice(reader.end, reader.start))
  return { isTaken: true, trivia: { beforeComma, afterComma } }
}

/** The comments that end the line of a comma, which speak of the item before it; empty where the line goes on. */
function endOfLineComment(trivia: string): string {
  let comment = ''
  let seen = ''
  for (const token of tokenize(trivia)) {
    if (token.text.includes('\n') && token.kind === 'space') return comment
    seen += token.text
    if (token.kind === 'comment') comment = seen
  }
  return ''
}

function parseOptions(tail: string): Pick<CreateTableSource, 'isStrict' | 'isWithoutRowid'> {
  const words = tokenize(tail)
    .filter((token) => !isTrivia(token))
    .map((token) => unquote(token.text).toUpperCase())
  return { isStrict: words.includes('STRICT'), isWithoutRowid: words.includes('WITHOUT') }
}
