// Arrays as PostgreSQL writes them, `{1,NULL,"a \"b\""}` (https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO).

/** The elements, in arrays of their own where there are several dimensions. */
export function readArray(
  text: string,
  delimiter: string,
  readElement: (text: string) => unknown,
): unknown[] {
  // Bounds that do not begin at 1 stand before the braces: `[0:1]={a,b}`.
  const reader = new ArrayReader(text, text.indexOf('{') + 1, delimiter, readElement)
  return reader.elements()
}

class ArrayReader {
  readonly #text: string
  #at: number
  readonly #delimiter: string
  readonly #readElement: (text: string) => unknown

  constructor(text: string, at: number, delimiter: string, readElement: (text: string) => unknown) {
    this.#text = text
    this.#at = at
    this.#delimiter = delimiter
    this.#readElement = readElement
  }

  /** Up to the closing brace and past it; the opening one has been read. */
  elements(): unknown[] {
    const elements: unknown[] = []
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at]
      if (character === '}') break
      if (character === this.#delimiter) this.#at += 1
      else elements.push(this.#element(character))
    }
    this.#at += 1
    return elements
  }

  #element(first: string | undefined): unknown {
    if (first === '{') {
      this.#at += 1
      return this.elements()
    }
    if (first === '"') return this.#readElement(this.#quoted())
    const word = this.#bare()
    return word === 'NULL' ? null : this.#readElement(word)
  }

  #quoted(): string {
    let element = ''
    for (this.#at += 1; this.#text[this.#at] !== '"'; this.#at += 1) {
      if (this.#text[this.#at] === '\\') this.#at += 1
      element += this.#text[this.#at] ?? ''
      if (this.#at >= this.#text.length) return element
    }
    this.#at += 1
    return element
  }

  #bare(): string {
    const start = this.#at
    while (this.#at < this.#text.length && !this.#isEnd(this.#text[this.#at])) this.#at += 1
    return this.#text.slice(start, this.#at)
  }

  #isEnd(character: string | undefined): boolean {
    return character === this.#delimiter || character === '}'
  }
}
