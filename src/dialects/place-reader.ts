// Offsets in a text as the lines and columns that an editor shows.

/** Turns offsets into lines and columns. The offsets asked for must not go back, so that a long text is read once. */
export class PlaceReader {
  readonly #sql: string
  #line = 1
  #lineStart: number
  /** Where the line ends; looked for once, however often its places are asked for. */
  #lineBreak: number

  constructor(sql: string) {
    this.#sql = sql
    // A byte order mark takes no column: no editor shows it.
    this.#lineStart = sql.startsWith('\uFEFF') ? 1 : 0
    this.#lineBreak = this.#nextLineBreak()
  }

  at(offset: number): { line: number; column: number } {
    while (this.#lineBreak < offset) {
      this.#line += 1
      this.#lineStart = this.#lineBreak + 1
      this.#lineBreak = this.#nextLineBreak()
    }
    return { line: this.#line, column: offset - this.#lineStart + 1 }
  }

  #nextLineBreak(): number {
    const found = this.#sql.indexOf('\n', this.#lineStart)
    return found === -1 ? Infinity : found
  }
}
