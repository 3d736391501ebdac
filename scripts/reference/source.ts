// What the code says of itself: doc comments and the methods of classes, read from the syntax tree. Nothing is type-checked or run.

import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

export interface SourceFile {
  /** From the project's folder: `src/schema/blueprint.ts`. */
  readonly path: string
  readonly tree: ts.SourceFile
}

export function readSource(root: string, path: string): SourceFile {
  const text = readFileSync(join(root, path), 'utf8')
  return { path, tree: ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true) }
}

/** Every source file below a folder, in the order of their paths. */
export function readSources(root: string, folder: string): readonly SourceFile[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .sort()
    .map((path) => readSource(root, `${folder}/${path.replaceAll('\\', '/')}`))
}

export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node)
  ts.forEachChild(node, (child) => walk(child, visit))
}

/** The first paragraph of a doc comment, on one line. */
export function summaryOf(node: ts.Node): string {
  const [comment] = ts.getJSDocCommentsAndTags(node).filter((found) => ts.isJSDoc(found))
  const text = comment === undefined ? undefined : ts.getTextOfJSDocComment(comment.comment)
  return (
    (text ?? '')
      .split(/\n\s*\n/)[0]
      ?.replaceAll(/\s*\n\s*/g, ' ')
      .trim() ?? ''
  )
}

export interface Method {
  readonly name: string
  /** `string(column, length?)` */
  readonly signature: string
  readonly summary: string
}

/** The public methods of a class, as they are written. */
export function publicMethods({ tree }: SourceFile, className: string): readonly Method[] {
  const found: Method[] = []
  walk(tree, (node) => {
    if (!ts.isClassDeclaration(node) || node.name?.text !== className) return
    for (const member of node.members) {
      if (isPublicMethod(member)) found.push(methodOf(member))
    }
  })
  return found
}

type NamedMethod = ts.MethodDeclaration & { readonly name: ts.Identifier }

function isPublicMethod(member: ts.ClassElement): member is NamedMethod {
  if (!ts.isMethodDeclaration(member) || !ts.isIdentifier(member.name)) return false
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected | ts.ModifierFlags.Static
  return (ts.getCombinedModifierFlags(member) & hidden) === 0 && member.body !== undefined
}

function methodOf(member: NamedMethod): Method {
  const name = member.name.text
  return {
    name,
    signature: `${name}(${member.parameters.map(parameter).join(', ')})`,
    summary: summaryOf(member),
  }
}

function parameter(node: ts.ParameterDeclaration): string {
  const name = ts.isIdentifier(node.name) ? node.name.text : 'options'
  if (node.dotDotDotToken !== undefined) return `…${name}`
  return node.questionToken === undefined && node.initializer === undefined ? name : `${name}?`
}

/** The doc comments of an object literal's properties, by their names. */
export function propertySummaries({ tree }: SourceFile, constant: string): ReadonlyMap<string, string> {
  const summaries = new Map<string, string>()
  walk(tree, (node) => {
    if (!ts.isVariableDeclaration(node) || node.name.getText() !== constant) return
    walk(node, (inner) => {
      if (!ts.isPropertyAssignment(inner) || !ts.isIdentifier(inner.name)) return
      const summary = summaryOf(inner)
      if (summary !== '') summaries.set(inner.name.text, summary)
    })
  })
  return summaries
}
