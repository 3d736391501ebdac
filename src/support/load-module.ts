// Imports a file of the user's project, JavaScript or TypeScript, as it is now: a file that changed since it was last
// imported is read anew. What goes wrong comes out as a ModuleError with the place in the user's file.

import { realpathSync, statSync } from 'node:fs'
import nodeModule, { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { ModuleError } from './errors.js'
import type * as TypeScriptHooks from './typescript-hooks.js'

export interface LoadModuleOptions {
  /** Evaluates the file once more even where it has not changed. */
  readonly fresh?: boolean
}

/** What a file exports. */
export type ModuleExports = Readonly<Record<string, unknown>>

const loadedVersions = new Map<string, string>()
let evaluations = 0
let loader: Promise<Loader> | undefined

interface Loader {
  readonly hooks: typeof TypeScriptHooks
  readonly importNatively: (url: string) => Promise<ModuleExports>
}

/**
 * Imports the file at an absolute path. What that file imports in turn is read once in the life of the process.
 *
 * @throws ModuleError with the file and, where they are known, line and column
 */
export async function loadModule(path: string, options: LoadModuleOptions = {}): Promise<ModuleExports> {
  loader ??= prepareLoader()
  const { hooks, importNatively } = await loader
  const version = versionOf(path, options.fresh ?? false)
  if (loadedVersions.has(path) && loadedVersions.get(path) !== version) forgetCommonJs(path)
  loadedVersions.set(path, version)
  try {
    return await importNatively(`${pathToFileURL(path).href}${hooks.loadMark}${version}`)
  } catch (error) {
    const { moduleErrorOf } = await import('./module-problem.js')
    throw moduleErrorOf(error, path, hooks.findSyntaxProblem)
  }
}

// Bundlers and test runners rewrite an `import()` that they see, and would then look for the user's file among their
// own. One in a module of its own, made of text, they leave to Node's loader, which the hooks belong to.
const nativeImport = 'data:text/javascript,export const importNatively = (url) => import(url)'

async function prepareLoader(): Promise<Loader> {
  const hooks = await import('./typescript-hooks.js')
  hooks.installTypeScriptHooks()
  showSourceLines()
  // Proof: the module's text is above.
  const { importNatively } = (await import(nativeImport)) as Pick<Loader, 'importNatively'>
  return { hooks, importNatively }
}

/** Stack traces name the lines of the TypeScript. Where Node can be told so, packages are left out: it is slow. */
function showSourceLines(): void {
  // Proof: Node 22.14 and up have `setSourceMapsSupport`.
  const { setSourceMapsSupport } = nodeModule as {
    setSourceMapsSupport?: (enabled: boolean, options: { readonly nodeModules: boolean }) => void
  }
  if (setSourceMapsSupport === undefined) process.setSourceMapsEnabled(true)
  else setSourceMapsSupport(true, { nodeModules: false })
}

function versionOf(path: string, fresh: boolean): string {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false })
  if (stat === undefined) {
    throw new ModuleError({
      code: 'TM_MODULE_MISSING',
      message: `There is no file ${path}.`,
      remedy: 'Correct the path, or restore the file.',
      place: { file: path },
    })
  }
  const written = `${stat.mtimeNs.toString(36)}-${stat.size.toString(36)}`
  return fresh ? `${written}-${++evaluations}` : written
}

/** CommonJS has a cache of its own, which knows paths and no versions. */
function forgetCommonJs(path: string): void {
  const { cache } = createRequire(path)
  delete cache[realpathSync(path)]
}
