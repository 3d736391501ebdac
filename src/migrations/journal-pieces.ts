// A journal may become long, and a database writes a whole text anew with whatever is added to it. So it is kept in
// pieces: the first in the row of its migration, each other one in a row of its own, which is gone with that.

import { createHash } from 'node:crypto'
import type { Row, Session } from '../dialects/dialect.js'
import type { LedgerTable } from './ledger-table.js'

/** The state of a row that holds a piece. */
export const pieceState = 'journal'

/** In UTF-16 units. A piece of so many is full; there may be another after it. */
const pieceLength = 16_384

interface End {
  /** The number of the last piece. */
  readonly last: number
  /** How long the last one is. */
  readonly length: number
}

export class JournalPieces {
  readonly #table: LedgerTable
  /**
   * Where each journal ends that was read or written, by the name of its migration. After a transaction that was rolled
   * back it may lie too far on: what is added then begins a new piece, or finds none to add to.
   */
  readonly #ends = new Map<string, End>()
  /** The journals that have had more than one piece. */
  readonly #long = new Set<string>()

  constructor(table: LedgerTable) {
    this.#table = table
  }

  /** Journals, put together from the rows of the whole ledger, by the names of their migrations. */
  assemble(rows: readonly Row[]): ReadonlyMap<unknown, string> {
    const pieces = rows.filter((row) => row['state'] === pieceState)
    const others = (name: string): readonly Row[] =>
      pieces.length === 0 ? [] : pieces.filter((row) => row['checksum'] === ownerOf(name))
    return new Map(
      rows.flatMap(({ state, name, journal }) =>
        state === pieceState || typeof journal !== 'string' || typeof name !== 'string'
          ? []
          : [[name, this.#together(name, journal, others(name))] as const],
      ),
    )
  }

  /** The whole journal of a migration whose row has been read. */
  async read(session: Session, name: string, first: string): Promise<string> {
    return this.#together(name, first, await this.#others(session, name))
  }

  #together(name: string, first: string, others: readonly Row[]): string {
    const ordered = others.toSorted((a, b) => Number(a['position']) - Number(b['position']))
    const pieces = [first, ...ordered.map((row) => String(row['journal']))]
    const count = Number(ordered.at(-1)?.['position'] ?? 1)
    this.#ends.set(name, { last: count, length: pieces.at(-1)?.length ?? 0 })
    if (count > 1) this.#long.add(name)
    return pieces.join('')
  }

  async #others(session: Session, name: string): Promise<readonly Row[]> {
    const columns = this.#table.columns(['position', 'journal'])
    const sql = `select ${columns} from ${this.#table.sql} where ${this.#table.column('state')} = ? and ${this.#table.column('checksum')} = ?`
    return await session.query(sql, [pieceState, ownerOf(name)])
  }

  /** What belongs into the row of the migration itself. */
  first(text: string): string {
    return cut(text)[0]
  }

  /** Writes what of a journal does not belong into the row of its migration. */
  async writeRest(session: Session, name: string, text: string): Promise<void> {
    this.#ends.set(name, { last: 1, length: this.first(text).length })
    await this.#insert(session, name, cut(text)[1])
  }

  /** Adds to a journal that was read or written before; `false` where its migration has no row. */
  async add(session: Session, name: string, text: string): Promise<boolean> {
    const end = this.#ends.get(name) ?? { last: 1, length: 0 }
    const [here, rest] = end.length < pieceLength ? cut(text) : ['', text]
    const journal = this.#table.column('journal')
    // PostgreSQL takes no value for concat() whose type nothing tells; coalesce() does.
    const sql = `update ${this.#table.sql} set ${journal} = concat(${journal}, coalesce(?, '')) where ${this.#table.column('name')} = ?`
    const rowName = end.last === 1 ? name : pieceName(name, end.last)
    if (here !== '' && (await session.execute(sql, [here, rowName])).changes === 0) return false
    this.#ends.set(name, { ...end, length: end.length + here.length })
    await this.#insert(session, name, rest)
    return true
  }

  async #insert(session: Session, name: string, text: string): Promise<void> {
    let [piece, rest] = cut(text)
    while (piece !== '') {
      const last = (this.#ends.get(name)?.last ?? 1) + 1
      this.#long.add(name)
      await this.#insertOne(session, name, last, piece)
      this.#ends.set(name, { last, length: piece.length })
      ;[piece, rest] = cut(rest)
    }
  }

  async #insertOne(session: Session, name: string, position: number, journal: string): Promise<void> {
    await this.#table.insert(session, {
      name: pieceName(name, position),
      batch: 0,
      checksum: ownerOf(name),
      fingerprint: '',
      state: pieceState,
      started_at: new Date().toISOString(),
      position,
      journal,
    })
  }

  /** Removes what is not in the row of the migration itself. */
  async remove(session: Session, name: string): Promise<void> {
    if (!this.#long.has(name)) return
    const sql = `delete from ${this.#table.sql} where ${this.#table.column('state')} = ? and ${this.#table.column('checksum')} = ?`
    await session.execute(sql, [pieceState, ownerOf(name)])
  }
}

/** The first piece and the rest. No character is cut in two. */
function cut(text: string): readonly [piece: string, rest: string] {
  const splitsCharacter = /[\uD800-\uDBFF]/.test(text.charAt(pieceLength - 1))
  const end = splitsCharacter ? pieceLength + 1 : pieceLength
  return [text.slice(0, end), text.slice(end)]
}

/** Of fixed length, as no name of a migration is. */
function ownerOf(name: string): string {
  return createHash('sha256').update(name).digest('hex')
}

/** A name that no file has. */
function pieceName(name: string, position: number): string {
  return `(journal ${position}) ${ownerOf(name)}`
}
