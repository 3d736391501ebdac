// The page of error codes: every code in the sources, with its class, and what error-codes.ts says of it.

import ts from 'typescript'
import { errorEntries } from './error-codes.js'
import { code, codes, page, table } from './markdown.js'
import { readSources, walk } from './source.js'

export async function errorsPage(root: string): Promise<string> {
  const found = codesInSources(root)
  requireEntries([...found.keys()])
  return await page('the errors in src and scripts/reference/error-codes.ts', [
    '# Errors',
    'Every error that Tidemark throws on purpose is a `TidemarkError` with a `code`, a `kind`, a `message`, a `remedy` in your own names, a `place` (file, line, SQL) and `details`. Codes are stable; texts may change. The kind decides the [exit status](cli.md#exit-status).',
    'An error inside a migration is a `MigrationError` with the code of what caused it.',
    table(
      ['code', 'class', 'when', 'what to do'],
      [...found]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, classes]) => {
          const { when, remedy } = errorEntries[name] ?? { when: '', remedy: '' }
          return [code(name), codes([...classes].sort()), when, remedy]
        }),
    ),
  ])
}

/** Every code that a string of the sources is, and the classes of the errors that have it. */
export function codesInSources(root: string): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>()
  for (const { tree } of readSources(root, 'src')) {
    walk(tree, (node) => {
      if (!ts.isStringLiteral(node) || !/^TM_[A-Z_]+$/.test(node.text)) return
      if (ts.isLiteralTypeNode(node.parent) || isComparison(node.parent)) return
      const classes = found.get(node.text) ?? new Set()
      found.set(node.text, classes.add(classOf(node)))
    })
  }
  return found
}

function isComparison(node: ts.Node): boolean {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsEqualsEqualsToken
}

/** The class that is made around the text, or in whose declaration it stands; for a table of codes, the file's own. */
function classOf(node: ts.Node): string {
  for (let parent = node.parent; !ts.isSourceFile(parent); parent = parent.parent) {
    const name = errorClassOf(parent)
    if (name !== undefined) return name
  }
  const inFile: string[] = []
  walk(node.getSourceFile(), (inner) => inFile.push(errorClassOf(inner) ?? ''))
  return inFile.find((name) => name !== '') ?? 'TidemarkError'
}

function errorClassOf(node: ts.Node): string | undefined {
  const isMade = ts.isNewExpression(node) || ts.isClassDeclaration(node)
  const name = isMade ? (ts.isNewExpression(node) ? node.expression : node.name)?.getText() : undefined
  return name?.endsWith('Error') === true && name !== 'Error' ? name : undefined
}

function requireEntries(found: readonly string[]): void {
  const missing = found.filter((name) => errorEntries[name] === undefined)
  const stale = Object.keys(errorEntries).filter((name) => !found.includes(name))
  if (missing.length === 0 && stale.length === 0) return
  throw new Error(
    `scripts/reference/error-codes.ts lacks: ${missing.join(', ') || 'none'}; has, but no source does: ${stale.join(', ') || 'none'}.`,
  )
}
