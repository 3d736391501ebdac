// The pages of the documentation as their tests see them: blocks of code with the words after their fence, hidden
// directions, headings and links. CONTRIBUTING.md says what the words mean.

import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** A block of code, or a direction to the test in a comment: `<!-- run: npx tidemark migrate -->`. */
export interface Block {
  /** The word after the fence: `ts`, `sh`, `text`. A comment has its own: `run`, `project`. */
  readonly language: string
  /** The words after that: `file=.env`, `output`. */
  readonly marks: ReadonlyMap<string, string>
  readonly text: string
  readonly line: number
}

export interface Page {
  /** From the project's folder. */
  readonly path: string
  readonly text: string
  readonly blocks: readonly Block[]
}

export const pagePaths: readonly string[] = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  ...readdirSync(`${root}docs`, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => `docs/${path.replaceAll('\\', '/')}`)
    .sort(),
]

export function readPage(path: string): Page {
  const text = readFileSync(root + path, 'utf8')
  return { path, text, blocks: blocksOf(text) }
}

const fenceOrDirection = /^(`{3,})([^\n`]*)\n([\s\S]*?)^\1[ \t]*$|^<!-- (run|project): (.*?) -->$/gm

function blocksOf(text: string): readonly Block[] {
  return [...text.matchAll(fenceOrDirection)].map((match) => {
    const [, , info = '', code = '', direction, value = ''] = match
    const line = text.slice(0, match.index).split('\n').length
    if (direction !== undefined) return { language: direction, marks: new Map(), text: value, line }
    const [language = '', ...words] = info.trim().split(/\s+/)
    return { language, marks: new Map(words.map(mark)), text: code, line }
  })
}

function mark(word: string): [name: string, value: string] {
  const [name = '', value = ''] = word.split(/=(.*)/s)
  return [name, value]
}

/** The migration whose `up` has this body. */
export function bodyAsMigration(body: string): string {
  const lines = [
    'export default migration({',
    'async up({ schema, db }) {',
    body,
    '},',
    "irreversible: 'a sample',",
    '})',
  ]
  return ["import { migration } from 'tidemark'", ...lines].join('\n')
}

/** The page's text without its code, in which nothing is a link or a heading. */
export function proseOf({ text }: Page): string {
  return text
    .replaceAll(fenceOrDirection, '')
    .replaceAll(/`[^`\n]*`/g, (code) => code.replaceAll(/[[\]]/g, ''))
}

/** The anchors of a page's headings, as GitHub makes them. */
export function anchorsOf(page: Page): ReadonlySet<string> {
  const headings = [...page.text.replaceAll(fenceOrDirection, '').matchAll(/^#+ (.*)$/gm)]
  return new Set(
    headings.map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  )
}
