// What a statement of PostgreSQL works on that can be in no transaction. Names of relations are as they are written, with
// their schemas and quotes, for `to_regclass`.

import { isTrivia } from '../sql-tokens.js'
import { tokens } from './sql/tokens.js'

/** Null where there is none: of no relation, says `to_regclass`. */
type Name = string | null

export type ImmediateStatement =
  /** The index without its schema and its quotes; undefined where PostgreSQL is to name it. */
  | { readonly kind: 'create index'; readonly index: string | undefined; readonly table: Name }
  | { readonly kind: 'drop index'; readonly index: Name }
  | { readonly kind: 'detach partition'; readonly table: Name; readonly partition: Name }
  /** Of an index or a table, or of all there are. */
  | { readonly kind: 'reindex'; readonly relation: Name }
  | { readonly kind: 'database' | 'tablespace' | 'subscription'; readonly name: Name }
  | { readonly kind: 'other' }

/** The first tokens that are no white space and no comment: as many as there can be before the name that counts. */
export function codeOf(sql: string): readonly string[] {
  const words: string[] = []
  for (const token of tokens(sql)) {
    if (isTrivia(token)) continue
    words.push(token.text)
    if (words.length === 40) break
  }
  return words
}

export function immediateStatement(sql: string): ImmediateStatement {
  const code = new Code(codeOf(sql))
  const [first = '', second = ''] = code.upper
  if (first === 'REINDEX') {
    const at = code.upper.findIndex((word) => word === 'INDEX' || word === 'TABLE')
    return { kind: 'reindex', relation: at === -1 ? null : code.nameAfter(at) }
  }
  if (first === 'CREATE' && code.upper.includes('CONCURRENTLY')) return createdIndex(code)
  if (first === 'DROP' && second === 'INDEX') return { kind: 'drop index', index: code.nameAfter(1) }
  const detached = code.upper.indexOf('DETACH')
  if (first === 'ALTER' && second === 'TABLE' && detached !== -1)
    return {
      kind: 'detach partition',
      table: code.nameAfter(1),
      partition: code.nameAfter(code.upper.indexOf('PARTITION', detached)),
    }
  const kind = (['database', 'tablespace', 'subscription'] as const).find(
    (word) => word.toUpperCase() === second,
  )
  return kind === undefined ? { kind: 'other' } : { kind, name: unquoted(code.nameAfter(1) ?? '') }
}

/** `CREATE [UNIQUE] INDEX CONCURRENTLY [[IF NOT EXISTS] name] ON [ONLY] table` */
function createdIndex(code: Code): ImmediateStatement {
  const [at, on] = [code.upper.indexOf('CONCURRENTLY'), code.upper.indexOf('ON')]
  const index = on > at + 1 ? unquoted(code.words[on - 1] ?? '') : undefined
  return { kind: 'create index', index, table: code.nameAfter(on) }
}

const optionalWords: ReadonlySet<string> = new Set(['CONCURRENTLY', 'IF', 'NOT', 'EXISTS', 'ONLY'])

class Code {
  readonly words: readonly string[]
  readonly upper: readonly string[]

  constructor(words: readonly string[]) {
    this.words = words
    this.upper = words.map((word) => word.toUpperCase())
  }

  /** The name after that word, `a` or `"S".a`. */
  nameAfter(index: number): Name {
    let start = index + 1
    while (optionalWords.has(this.upper[start] ?? '')) start += 1
    let end = start + 1
    while (this.words[end] === '.') end += 2
    return start < this.words.length ? this.words.slice(start, end).join('') : null
  }
}

function unquoted(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name.toLowerCase()
}
