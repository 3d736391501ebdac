// Pieces of Markdown, and the finishing of a generated page.

import { format, resolveConfig } from 'prettier'

export function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`
  return [line(heading), line(heading.map(() => '---')), ...rows.map(line)].join('\n')
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ')
}

export function code(text: string): string {
  return text === '' ? '' : `\`${text}\``
}

export function codes(words: readonly string[]): string {
  return words.map(code).join(', ')
}

/** Methods with what they do; those whose name says it are listed below. A method of two classes is shown once. */
export function methodTable(
  methods: readonly { readonly name: string; readonly signature: string; readonly summary: string }[],
): string {
  const unique = [
    ...new Map(methods.toReversed().map((method) => [method.name, method])).values(),
  ].toReversed()
  const plain = unique.filter(({ summary }) => summary === '')
  const described = unique.filter(({ summary }) => summary !== '')
  const rows = table(
    ['method', 'does'],
    described.map(({ signature, summary }) => [code(signature), summary]),
  )
  return plain.length === 0 ? rows : `${rows}\n\nAlso ${codes(plain.map(({ signature }) => signature))}.`
}

/** Puts the sections under each other, says in line 1 where they come from, and formats them as the project does. */
export async function page(sources: string, sections: readonly string[]): Promise<string> {
  const notice = `<!-- Generated from ${sources} by scripts/generate-reference.mjs. Do not edit: run npm run docs:generate. -->`
  const options = await resolveConfig('docs/reference/page.md')
  return await format([notice, ...sections].join('\n\n'), { ...options, parser: 'markdown' })
}
