// Where the body of a routine, trigger or event ends that is written without a DELIMITER. Blocks are counted by the words
// that open and close them; which word does so is told by its neighbours, because `IF` and `REPEAT` are functions too,
// and `begin` and `end` may be names.

import type { Token } from '../../sql-tokens.js'

/** A block, or a CASE in an expression. */
interface Block {
  readonly isCase: boolean
  /** After WHEN or ELSEIF, whose THEN opens no block of its own. */
  awaitsThen: boolean
}

/** What is wanted of a token; text that stands for none is empty. */
interface Neighbour {
  readonly text: string
  readonly isWord: boolean
  readonly isOperator: boolean
}

const none: Neighbour = { text: '', isWord: false, isOperator: false }

const routineHead =
  /^(?:CREATE|ALTER)(?: OR REPLACE)?(?: DEFINER = \S+(?: @ \S+)?(?: \( \))?)?(?: AGGREGATE)? (?:TRIGGER|PROCEDURE|FUNCTION|EVENT|PACKAGE)\b/

/** MariaDB takes these outside of routines as well. */
const blockHead = /^(?:BEGIN NOT|IF|CASE|LOOP|WHILE|REPEAT|FOR)\b/

/** Words that a routine's name comes after, which may be `package`. */
const beforeName: ReadonlySet<string> = new Set(['PROCEDURE', 'FUNCTION', 'TRIGGER', 'EVENT', 'EXISTS'])

/** MariaDB's CREATE PACKAGE has the word among its first ones. */
const packageHeadLength = 12

/** Whether a statement that begins with these tokens may have statements inside. */
export function isCompound(head: readonly Token[]): boolean {
  const text = head
    .filter(({ kind }) => kind !== 'conditional')
    .map((token) => (token.kind === 'word' || token.kind === 'operator' ? token.text.toUpperCase() : '_'))
    .join(' ')
  return routineHead.test(text) || blockHead.test(text)
}

/** Is told the tokens of one statement, one after the other, and knows whether a block is open. */
export class Blocks {
  readonly #open: Block[] = []
  #beforeLast = none
  #last = none
  #hasEnded = false
  #count = 0

  /** Whether a semicolon in this place ends a statement in a block. */
  get isOpen(): boolean {
    return this.#open.length > 0
  }

  take(token: Token): void {
    if (token.kind === 'conditional') return
    this.#count += 1
    const next = neighbour(token)
    // A word is judged when the one after it is known.
    const ends = this.#last.isWord && this.#judge(this.#beforeLast, this.#last.text, next)
    this.#hasEnded = ends
    this.#beforeLast = this.#last
    this.#last = next
  }

  /** Opens and closes blocks, and says whether the word was the END of one. */
  #judge(before: Neighbour, word: string, next: Neighbour): boolean {
    if (before.text === '.' || before.text === '@') return false
    if (before.text === 'FOR' && next.text === 'IN') this.#push()
    switch (word) {
      case 'BEGIN':
        if (!isName(before, next)) this.#push()
        return false
      case 'END':
        return this.#close(before, next)
      case 'CASE':
        if (!this.#hasEnded) this.#push(true)
        return false
      case 'LOOP':
      case 'WHILE':
        if (!this.#hasEnded) this.#push()
        return false
      case 'PACKAGE':
        if (this.#count < packageHeadLength && !beforeName.has(before.text)) this.#push()
        return false
      case 'REPEAT':
        if (!this.#hasEnded && next.text !== '(') this.#push()
        return false
      default:
        this.#branch(word)
        return false
    }
  }

  /** An IF is known by its THEN, which the function IF has not. */
  #branch(word: string): void {
    const block = this.#open.at(-1)
    if (block !== undefined && (word === 'WHEN' || word === 'ELSEIF')) block.awaitsThen = true
    if (word !== 'THEN') return
    if (block?.awaitsThen === true) block.awaitsThen = false
    else this.#push()
  }

  #close(before: Neighbour, next: Neighbour): boolean {
    const block = this.#open.at(-1)
    if (block === undefined || before.text === 'XA') return false
    if (isAfterOperator(before) || (!block.isCase && isName(before, next))) return false
    this.#open.pop()
    return true
  }

  #push(isCase = false): void {
    this.#open.push({ isCase, awaitsThen: false })
  }
}

function neighbour({ kind, text }: Token): Neighbour {
  const isWord = kind === 'word'
  return { text: isWord ? text.toUpperCase() : text, isWord, isOperator: kind === 'operator' }
}

/** Whether BEGIN or END between these is the name of a column or a variable. */
function isName(before: Neighbour, next: Neighbour): boolean {
  if (before.text === 'XA' || before.text === 'SELECT') return true
  return isAfterOperator(before) || (next.isOperator && next.text !== ';' && next.text !== '(')
}

function isAfterOperator({ text, isOperator }: Neighbour): boolean {
  return isOperator && text !== ';' && text !== ')' && text !== ':'
}
