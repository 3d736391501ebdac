// Where text for people goes: a stream with its width and colours. On anything but a terminal the text is plain: no
// colours, no carriage returns, 80 columns.

import { stripVTControlCharacters, styleText } from 'node:util'

export type Style = 'bold' | 'dim' | 'green' | 'yellow' | 'red' | 'cyan'

export interface Terminal {
  /** In columns. */
  readonly width: number
  /** Whether a line may be drawn in two steps while somebody watches. */
  readonly isLive: boolean
  style(style: Style, text: string): string
  /** Prints without ending the line. */
  write(text: string): void
  line(text?: string): void
  /** Ends a line that `write` began, if there is one. */
  endLine(): void
}

interface TerminalOptions {
  /** No colours, whatever the terminal could show. */
  readonly isPlain: boolean
  /** Prints nothing. */
  readonly isSilent: boolean
}

const columnsOfAFile = 80
/** Beyond this, the eye loses the way from a name to what stands at the line's end. */
const mostColumns = 120

export function terminalOn(stream: NodeJS.WriteStream, options: TerminalOptions): Terminal {
  const hasColours = !options.isPlain && showsColours(stream)
  const isLive = stream.isTTY && !options.isSilent
  let isLineOpen = false
  function write(text: string): void {
    if (options.isSilent || text === '') return
    stream.write(text)
    isLineOpen = !text.endsWith('\n')
  }
  return {
    width: Math.min(stream.isTTY ? stream.columns : columnsOfAFile, mostColumns),
    isLive,
    style: (style, text) => (hasColours ? styleText(style, text, { validateStream: false }) : text),
    write,
    line: (text = '') => write(`${text}\n`),
    endLine: () => {
      if (isLineOpen) write('\n')
    },
  }
}

function showsColours(stream: NodeJS.WriteStream): boolean {
  const forced = process.env['FORCE_COLOR']
  if (forced !== undefined) return forced !== '0' && forced !== 'false'
  return stream.isTTY && stream.hasColors()
}

/** How many columns a text takes, its colours left out. */
export function columnsOf(text: string): number {
  return Array.from(stripVTControlCharacters(text)).length
}
