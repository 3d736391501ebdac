// Teaches Node to load a user's TypeScript: every file that `loadModule` is asked for, and what that imports outside
// node_modules. Nothing else in the process is touched: the hooks act on addresses that carry the mark of `loadModule`,
// and on files that such a file imports.
//
// Newer Node runs the hooks in the thread that imports. Node 20 runs them in a thread of its own, which starts from this
// very file; so it imports nothing of Tidemark, and errors leave it as plain data.

import { readFileSync, realpathSync, statSync } from 'node:fs'
import nodeModule, { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { OxcError, transformSync } from 'oxc-transform'

/** The parameter of an address that `loadModule` imports; its value tells versions of the file apart. */
export const loadMark = '?tidemark='

/** Why a file could not be loaded; an error that the hooks throw carries it in `problem`. */
export interface LoadProblem {
  /** `transform`: what turns TypeScript into JavaScript is not there. */
  readonly kind: 'syntax' | 'import' | 'transform'
  readonly file: string
  readonly message: string
  readonly specifier?: string
  /** From 1, where they are known. */
  readonly line?: number
  readonly column?: number
}

interface Settings {
  /** The address of this file; oxc-transform is found from there. */
  readonly here: string
  /** What `import … from 'tidemark'` means: the package that runs, whichever the project has. */
  readonly tidemark: string
}

// What Node hands to hooks, as far as it is used here; @types/node 20 does not know the synchronous ones.
interface ResolveContext {
  readonly parentURL?: string | undefined
}
interface Resolved {
  readonly url: string
  readonly format?: string | null | undefined
  readonly shortCircuit?: boolean | undefined
}
interface Loaded {
  readonly format: string
  readonly source?: unknown
  readonly shortCircuit?: boolean | undefined
}
type Next<Context, Result> = (target: string, context: Context) => Result
interface SynchronousHooks {
  resolve(specifier: string, context: ResolveContext, next: Next<ResolveContext, Resolved>): Resolved
  load(url: string, context: object, next: Next<object, Loaded>): Loaded
}

let settings: Settings = { here: '', tidemark: '' }
let transform: typeof transformSync | undefined
const claimed = new Set<string>()

/** Installs the hooks in this process. */
export function installTypeScriptHooks(): void {
  const isSource = import.meta.url.endsWith('.ts')
  initialize({
    here: import.meta.url,
    tidemark: new URL(isSource ? '../index.ts' : './index.js', import.meta.url).href,
  })
  // Proof: Node 22.15 and up have `registerHooks`, which takes hooks of this form.
  const { registerHooks } = nodeModule as { registerHooks?: (hooks: SynchronousHooks) => void }
  if (registerHooks === undefined) {
    nodeModule.register(isSource ? transformedSelf() : import.meta.url, { data: settings })
  } else {
    registerHooks({ resolve: resolveSync, load: loadSync })
  }
}

/** This file as JavaScript, for Node 20 when Tidemark itself runs from its sources. */
function transformedSelf(): string {
  return `data:text/javascript,${encodeURIComponent(toJavaScript(import.meta.url))}`
}

/** Node calls this in the hooks' thread with what `register` was given. */
export function initialize(given: Settings): void {
  settings = given
}

function resolveSync(
  specifier: string,
  context: ResolveContext,
  next: Next<ResolveContext, Resolved>,
): Resolved {
  if (!isOurs(specifier) && !isOurs(context.parentURL)) return next(specifier, context)
  const found = resolveOurs(specifier, context.parentURL)
  if (found.resolved !== undefined) return found.resolved
  try {
    const resolved = next(found.specifier, context)
    claim(resolved.url)
    return resolved
  } catch (error) {
    throw importProblem(error, specifier, context.parentURL)
  }
}

/** The same for the hooks' thread. */
export async function resolve(
  specifier: string,
  context: ResolveContext,
  next: Next<ResolveContext, Promise<Resolved>>,
): Promise<Resolved> {
  if (!isOurs(specifier) && !isOurs(context.parentURL)) return next(specifier, context)
  const found = resolveOurs(specifier, context.parentURL)
  if (found.resolved !== undefined) return found.resolved
  try {
    const resolved = await next(found.specifier, context)
    claim(resolved.url)
    return resolved
  } catch (error) {
    throw importProblem(error, specifier, context.parentURL)
  }
}

function loadSync(url: string, context: object, next: Next<object, Loaded>): Loaded {
  return isOurs(url) && isTypeScript(url) ? typeScriptModule(url) : next(url, context)
}

/** The same for the hooks' thread. */
export async function load(
  url: string,
  context: object,
  next: Next<object, Promise<Loaded>>,
): Promise<Loaded> {
  return isOurs(url) && isTypeScript(url) ? typeScriptModule(url) : next(url, context)
}

function isOurs(url: string | undefined): boolean {
  return url !== undefined && (url.includes(loadMark) || claimed.has(url))
}

function isTypeScript(url: string): boolean {
  return /\.m?ts(?:\?|$)/.test(url)
}

/** Either the whole answer, or what Node is to be asked for. */
function resolveOurs(
  specifier: string,
  parentUrl: string | undefined,
): { readonly specifier: string; readonly resolved?: Resolved } {
  if (specifier === 'tidemark') return esModule(settings.tidemark)
  if (parentUrl === undefined || specifier.includes(loadMark)) return known(specifier)
  if (!/^(?:\.{0,2}\/|\.{1,2}$|file:)/.test(specifier)) return { specifier }
  const file = existingFile(fileURLToPath(new URL(specifier, parentUrl)))
  return file === undefined ? { specifier } : known(pathToFileURL(realpathSync(file)).href)
}

/** What Node would say of a TypeScript file depends on its version, so it is not asked. */
function known(url: string): { readonly specifier: string; readonly resolved?: Resolved } {
  return isTypeScript(url) ? esModule(url) : { specifier: url }
}

function esModule(url: string): { readonly specifier: string; readonly resolved: Resolved } {
  if (isTypeScript(url)) claim(url)
  return { specifier: url, resolved: { url, format: 'module', shortCircuit: true } }
}

/** The file that an import means: as written, `.js` for a `.ts`, without its ending, or a folder with an index. */
function existingFile(path: string): string | undefined {
  const endings = ['.ts', '.mts', '.js', '.mjs', '.cjs']
  const candidates = [
    path,
    path.replace(/\.(m?)js$/, '.$1ts'),
    ...endings.map((ending) => path + ending),
    ...endings.map((ending) => join(path, `index${ending}`)),
  ]
  return candidates.find((candidate) => statSync(candidate, { throwIfNoEntry: false })?.isFile())
}

/** A file that one of ours imports is ours, unless it is an installed package's. */
function claim(url: string): void {
  if (url.startsWith('file:') && !url.includes('/node_modules/')) claimed.add(url)
}

function typeScriptModule(url: string): Loaded {
  return { format: 'module', source: toJavaScript(url), shortCircuit: true }
}

// What TypeScript's own decorators compile to; `helpers: External` calls them by these names.
const decoratorHelpers = `const babelHelpers = {
  decorate(decorators, target, key, descriptor) {
    let result = arguments.length < 3 ? target : (descriptor ?? Object.getOwnPropertyDescriptor(target, key));
    for (const decorator of decorators.toReversed())
      result = (arguments.length < 3 ? decorator(result) : decorator(target, key, result)) ?? result;
    if (arguments.length > 2 && result) Object.defineProperty(target, key, result);
    return result;
  },
  decorateParam: (index, decorator) => (target, key) => decorator(target, key, index),
};`.replaceAll('\n', '')

function toJavaScript(url: string): string {
  const file = fileURLToPath(url)
  const source = readFileSync(file, 'utf8')
  const { code, map, errors, helpersUsed } = oxc(file)(file, source, {
    sourceType: 'module',
    sourcemap: true,
    decorator: { legacy: true },
    // Proof: the members of this const enum are their own names.
    helpers: { mode: 'External' as never },
  })
  const problem = firstProblem(file, source, errors)
  if (problem !== undefined) throw loadError(problem)
  const helpers = Object.keys(helpersUsed).length === 0 ? '' : decoratorHelpers
  const sourceMap = JSON.stringify({ version: 3, sources: [file], names: [], mappings: map?.mappings ?? '' })
  return `${helpers}${code}\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(sourceMap).toString('base64')}`
}

/** Where a JavaScript file stops making sense; Node does not say where in an ES module. */
export function findSyntaxProblem(file: string): LoadProblem | undefined {
  const source = readFileSync(file, 'utf8')
  try {
    return firstProblem(
      file,
      source,
      oxc(file)(file, source, { lang: 'js', sourceType: 'unambiguous' }).errors,
    )
  } catch {
    // Nothing to look with: what Node said has to do.
    return undefined
  }
}

/** @param file which is to be transformed, for the error where that cannot be done */
function oxc(file: string): typeof transformSync {
  try {
    // Proof: this is the package whose type it is given.
    transform ??= (createRequire(settings.here)('oxc-transform') as { transformSync: typeof transformSync })
      .transformSync
    return transform
  } catch (error) {
    throw loadError({
      kind: 'transform',
      file,
      message: error instanceof Error ? error.message : String(error),
    })
  }
}

/** The label that begins last is the one where the text stopped making sense. Its offset counts bytes. */
function firstProblem(file: string, source: string, errors: readonly OxcError[]): LoadProblem | undefined {
  const error = errors.find(({ severity }: { readonly severity: string }) => severity === 'Error')
  if (error === undefined) return undefined
  const offset = Math.max(0, ...error.labels.map(({ start }) => start))
  const before = Buffer.from(source).subarray(0, offset).toString().split('\n')
  const column = (before.at(-1) ?? '').length + 1
  return { kind: 'syntax', file, message: error.message, line: before.length, column }
}

function importProblem(error: unknown, specifier: string, parentUrl: string | undefined): unknown {
  if (parentUrl === undefined || !isOurs(parentUrl)) return error
  const file = fileURLToPath(parentUrl)
  const lines = readFileSync(file, 'utf8').split('\n')
  const line =
    lines.findIndex((text) => text.includes(`'${specifier}'`) || text.includes(`"${specifier}"`)) + 1
  const message = error instanceof Error ? error.message : String(error)
  return loadError({ kind: 'import', file, message, specifier, ...(line === 0 ? {} : { line }) })
}

function loadError(problem: LoadProblem): Error {
  return Object.assign(new Error(problem.message), { problem })
}
