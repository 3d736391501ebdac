// Offsets in a text as the lines and columns that an editor shows.

/** Turns offsets into lines and columns. The offsets asked for must not go back, so that a long text is read once. */
export class PlaceReader {
  readonly #sql: string
  #line = 1
  #lineStart: number

  constructor(sql: string) {
    this.#sql = sql
    // A byte order mark takes no column: no editor shows it.
    this.#lineStart = sql.startsWith('\uFEFF') ? 1 : 0
  }

  at(offset: number): { line: number; column: number } {
    let newline = this.#sql.indexOf('\n', this.#lineStart)
    while (newline !== -1 && newline < offset) {
      this.#line += 1
      this.#lineStart = newline + 1
      newline = this.#sql.indexOf('\n', this.#lineStart)
    }
    return { line: this.#line, column: offset - this.#lineStart + 1 }
  }
}
