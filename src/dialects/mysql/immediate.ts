// What a statement of MySQL or MariaDB works on that commits by itself.

import type { TableName } from '../../schema/table-name.js'
import { type Account, accountsAfter } from './accounts.js'
import { isTrivia } from '../sql-tokens.js'
import { ScriptTokens } from './sql/tokens.js'

export type ImmediateStatement =
  /** Tables, indexes or sequences: what each table is says what was done. */
  | { readonly kind: 'tables'; readonly names: readonly TableName[] }
  /** Tables that look the same afterwards, and hold other rows. */
  | { readonly kind: 'rows'; readonly names: readonly TableName[] }
  | { readonly kind: ThingKind; readonly name: TableName }
  | { readonly kind: 'database'; readonly name: string | undefined }
  /** Undefined names are those of any. */
  | { readonly kind: 'accounts'; readonly names: readonly Account[] | undefined }
  | { readonly kind: 'grants'; readonly names: readonly Account[] | undefined }
  /** Something that was prepared: one change of structure or of rows. */
  | { readonly kind: 'prepared' }
  /** It may run twice. */
  | { readonly kind: 'repeatable' }
  | { readonly kind: 'unknown' }

export type ThingKind = 'view' | 'trigger' | 'routine' | 'event'

const things: ReadonlyMap<string, ThingKind | 'table' | 'index' | 'database' | 'accounts'> = new Map([
  ['TABLE', 'table'],
  ['TABLES', 'table'],
  ['SEQUENCE', 'table'],
  ['INDEX', 'index'],
  ['VIEW', 'view'],
  ['TRIGGER', 'trigger'],
  ['PROCEDURE', 'routine'],
  ['FUNCTION', 'routine'],
  ['PACKAGE', 'routine'],
  ['EVENT', 'event'],
  ['DATABASE', 'database'],
  ['SCHEMA', 'database'],
  ['USER', 'accounts'],
  ['ROLE', 'accounts'],
])

const repeatable: ReadonlySet<string> = new Set([
  'ANALYZE',
  'CACHE',
  'CHECK',
  'FLUSH',
  'GRANT',
  'LOCK',
  'OPTIMIZE',
  'REPAIR',
  'RESET',
  'SET',
  'UNLOCK',
])

export function immediateStatement(sql: string): ImmediateStatement {
  const code = new Code(codeOf(sql))
  const [first = '', second = ''] = code.upper
  if (first === 'EXECUTE') return { kind: 'prepared' }
  if (repeatable.has(first)) return { kind: 'repeatable' }
  if (first === 'TRUNCATE') return { kind: 'rows', names: [code.nameAfter(second === 'TABLE' ? 1 : 0)] }
  if (first === 'RENAME') return second === 'USER' ? accounts(code, 1) : renamed(code)
  // Of two, the second fails, because what it would take away is not there any more.
  if (first === 'REVOKE')
    return { kind: 'grants', names: accountsAfter(code.words, code.upper.lastIndexOf('FROM')) }
  if (first === 'CREATE' || first === 'ALTER' || first === 'DROP') return changed(code)
  return { kind: 'unknown' }
}

function changed(code: Code): ImmediateStatement {
  const at = code.upper.findIndex((word) => things.has(word))
  const thing = things.get(code.upper[at] ?? '')
  if (thing === undefined) return { kind: 'unknown' }
  if (thing === 'table') return changedTables(code, at)
  if (thing === 'index') return { kind: 'tables', names: [code.nameAfter(code.upper.indexOf('ON', at))] }
  if (thing === 'accounts') return accounts(code, at)
  const name = code.nameAfter(at)
  if (thing === 'database') return { kind: thing, name: name.name === '' ? undefined : name.name }
  return { kind: thing, name }
}

function accounts({ words }: Code, at: number): ImmediateStatement {
  return { kind: 'accounts', names: accountsAfter(words, at) }
}

function changedTables(code: Code, at: number): ImmediateStatement {
  const name = code.nameAfter(at)
  const exchanged = code.upper.indexOf('EXCHANGE')
  if (exchanged !== -1 && code.upper[exchanged + 1] === 'PARTITION')
    return { kind: 'rows', names: [name, code.nameAfter(code.upper.indexOf('TABLE', exchanged))] }
  const truncated = code.upper.indexOf('TRUNCATE')
  if (truncated !== -1 && code.upper[truncated + 1] === 'PARTITION') return { kind: 'unknown' }
  if (code.upper[0] === 'DROP') return { kind: 'tables', names: code.namesAfter(at) }
  const to = code.upper.findIndex(
    (word, index) => word === 'RENAME' && !renamedParts.has(code.upper[index + 1] ?? ''),
  )
  return { kind: 'tables', names: to === -1 ? [name] : [name, code.nameAfter(to)] }
}

const renamedParts: ReadonlySet<string> = new Set(['COLUMN', 'INDEX', 'KEY'])

/** `RENAME TABLE a TO b, c TO d`. Where tables only take each other's names, they may look the same afterwards. */
function renamed(code: Code): ImmediateStatement {
  const from = code.namesAfter(1)
  const to = code.upper.flatMap((word, index) => (word === 'TO' ? [code.nameAfter(index)] : []))
  const before = new Set(from.map(textOf))
  return { kind: to.every((name) => before.has(textOf(name))) ? 'rows' : 'tables', names: [...from, ...to] }
}

function textOf({ schema = '', name }: TableName): string {
  return JSON.stringify([schema, name])
}

/** The tokens that are no white space and no comment. */
export function codeOf(sql: string, count = Infinity): readonly string[] {
  const words: string[] = []
  for (const token of new ScriptTokens(sql)) {
    if (isTrivia(token) || token.kind === 'conditional') continue
    words.push(token.text)
    if (words.length === count) break
  }
  return words
}

const optionalWords: ReadonlySet<string> = new Set(['IF', 'NOT', 'EXISTS', 'TO', 'AS', 'BODY', '='])

class Code {
  readonly words: readonly string[]
  readonly upper: readonly string[]

  constructor(words: readonly string[]) {
    this.words = words
    this.upper = words.map((word) => word.toUpperCase())
  }

  /** The name after that word, `x` or `d.x`, with or without backticks. */
  nameAfter(index: number): TableName {
    let start = index + 1
    while (optionalWords.has(this.upper[start] ?? '')) start += 1
    const [one = '', dot, two] = this.words.slice(start, start + 3)
    return dot === '.' && two !== undefined
      ? { schema: unquoted(one), name: unquoted(two) }
      : { schema: undefined, name: unquoted(one) }
  }

  /** The names after that word and after each comma. */
  namesAfter(index: number): readonly TableName[] {
    const commas = this.words.flatMap((word, at) => (word === ',' && at > index ? [at] : []))
    return [index, ...commas].map((at) => this.nameAfter(at))
  }
}

function unquoted(text: string): string {
  return text.startsWith('`') ? text.slice(1, -1).replaceAll('``', '`') : text
}
