// What a session of MySQL or MariaDB remembers: the variables of its user, and the last key that was given to a row. A variable
// is written as it was read, with its character set and collation, so that it is again of the type that it was.

import type { Value } from '../../schema/expression.js'
import type { Session, SessionMemory } from '../dialect.js'
import { type Token, isTrivia } from '../sql-tokens.js'
import { literal, quoteIdentifier } from './sql/literal.js'
import { ScriptTokens } from './sql/tokens.js'

/** A variable as it was read: the text of a decimal is of no character set. */
interface Variable {
  readonly name: string
  readonly value: Value
  readonly charset: string
  readonly collation: string
}

export const memory: SessionMemory = {
  variablesIn(sql) {
    if (!sql.includes('@')) return []
    return [...new Set(variablesIn(codeOf(sql)).map(({ name }) => name))]
  },

  isAssignment(sql) {
    const code = codeOf(sql)
    if (code[0]?.text.toUpperCase() !== 'SET') return false
    const ends = new Set(variablesIn(code).map(({ start }) => start))
    return startsOfAssignments(code).every((start) => ends.has(start))
  },

  /** What is called or was prepared may do anything. */
  mentionsInsertId: (sql) =>
    /\blast_insert_id\b|@@(?:session\s*\.\s*)?identity\b|^\s*(?:call|execute|load)\b/i.test(sql),

  async read(session, names) {
    const columns = names.map((name, index) => {
      const variable = `@${quoteIdentifier(name)}`
      return `${variable} as v${index}, charset(${variable}) as s${index}, collation(${variable}) as c${index}`
    })
    const [row = {}] = await session.query(`select ${columns.join(', ')}`)
    return names.map((name, index) => ({
      name,
      value: row[`v${index}`],
      charset: row[`s${index}`],
      collation: row[`c${index}`],
    }))
  },

  async restore(session, kept) {
    // It was made by `read`.
    const variables = kept as readonly Variable[]
    const assignments = variables.map((variable) => `@${quoteIdentifier(variable.name)} = ${sqlOf(variable)}`)
    await session.execute(`set ${assignments.join(', ')}`)
  },

  async insertId(session) {
    return (await session.query('select last_insert_id() as id'))[0]?.['id']
  },

  async restoreInsertId(session: Session, id: unknown) {
    // It was read by `insertId`.
    await session.execute(`do last_insert_id(${literal(id as Value)})`)
  },
}

function sqlOf({ value, charset, collation }: Variable): string {
  if (typeof value !== 'string') return literal(value)
  if (charset === 'binary') return value
  return `convert(${literal(value)} using ${charset}) collate ${collation}`
}

interface FoundVariable {
  readonly name: string
  /** The place of its sign among the tokens. */
  readonly start: number
}

/** `@x`, `@a.b`, `` @`x y` ``, `@'x y'`; not `@@sql_mode`, nor `'ada'@'%'`, the name of an account. */
function variablesIn(code: readonly Token[]): readonly FoundVariable[] {
  return code.flatMap((token, start) => {
    const before = code[start - 1]
    const isOfAccount =
      before !== undefined &&
      before.offset + before.text.length === token.offset &&
      before.kind !== 'operator'
    if (token.text !== '@' || before?.text === '@' || isOfAccount) return []
    const name = nameAt(code, start + 1)
    return name === '' ? [] : [{ name: name.toLowerCase(), start }]
  })
}

function nameAt(code: readonly Token[], start: number): string {
  const { kind, text } = code[start] ?? { kind: 'operator', text: '' }
  if (kind === 'quoted' || kind === 'string') {
    const quote = text.charAt(0)
    return text.slice(1, -1).replaceAll(quote + quote, quote)
  }
  if (kind !== 'word') return ''
  return code[start + 1]?.text === '.' ? `${text}.${nameAt(code, start + 2)}` : text
}

/** Where the targets of a SET begin. */
function startsOfAssignments(code: readonly Token[]): readonly number[] {
  const starts = [1]
  let depth = 0
  for (const [index, { text }] of code.entries()) {
    if (text === '(') depth += 1
    if (text === ')') depth -= 1
    if (text === ',' && depth === 0) starts.push(index + 1)
  }
  return starts
}

function codeOf(sql: string): readonly Token[] {
  return [...new ScriptTokens(sql)].filter((token) => !isTrivia(token) && token.kind !== 'conditional')
}
