import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ModuleError } from '../../../src/support/errors.js'
import { loadModule } from '../../../src/support/load-module.js'
import { moduleErrorOf } from '../../../src/support/module-problem.js'

let folder: string

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'tidemark-module-')))
})

afterEach(() => {
  rmSync(folder, { recursive: true })
})

function write(name: string, text: string): string {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  return path
}

async function failure(path: string): Promise<ModuleError> {
  const error: unknown = await loadModule(path).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof ModuleError)) throw new Error(`did not fail as it should: ${String(error)}`)
  return error
}

describe('loadModule', () => {
  test.each([
    ['a.ts', 'const a: number = 1; export default a', 1],
    ['a.mts', 'const a: number = 1; export default a', 1],
    ['a.js', 'export default 1', 1],
    ['a.mjs', 'export default 1', 1],
    ['common.js', 'module.exports = 1', 1],
    ['enum.ts', 'enum Kind { movie = 3 }; export default Kind.movie', 3],
    ['class.ts', 'class A { constructor(readonly a: number) {} }; export default new A(4).a', 4],
    ['space.ts', 'namespace A { export const b = 5 }; export default A.b', 5],
    ['wait.ts', 'export default await Promise.resolve(6 as const)', 6],
    ['satisfies.ts', 'export default ({ a: 7 } satisfies { a: number }).a', 7],
    [
      'decorated.ts',
      'const seen: string[] = []; function see(target: object, key?: string) { seen.push(key ?? "class") }\n' +
        '@see class A { @see name = 1; @see run() {} }; export default [seen, new A().name].join()',
      'name,run,class,1',
    ],
    ['folder with spaces/é#?%.ts', 'export default 8', 8],
  ])('loads %s', async (name, text, expected) => {
    expect((await loadModule(write(name, text)))['default']).toBe(expected)
  })

  test.each(['commonjs', 'module'])(
    'reads TypeScript as ES modules in a package of type %s',
    async (type) => {
      write('package.json', JSON.stringify({ type }))

      expect(await loadModule(write('a.ts', 'export const url = import.meta.url'))).toHaveProperty('url')
    },
  )

  test.each([
    './helper.ts',
    './helper.js',
    './helper',
    './folder',
    './folder/',
    '../outer.js',
    './plain.js',
    './plain',
    '#inside',
  ])('resolves the import %s', async (specifier) => {
    write('package.json', JSON.stringify({ type: 'module', imports: { '#inside': './in/helper.ts' } }))
    const helper = 'export enum Found { it = 1 }'
    write('in/helper.ts', helper)
    write('in/folder/index.ts', "export * from '../helper.js'")
    write('in/plain.js', "export * from './helper.js'")
    write('outer.ts', helper)

    const path = write('in/main.ts', `import { Found } from '${specifier}'; export default Found.it`)

    expect((await loadModule(path))['default']).toBe(1)
  })

  test('resolves imports of JavaScript files too', async () => {
    write('helper.ts', 'export enum Found { it = 1 }')

    const path = write('main.mjs', "import { Found } from './helper'; export default Found.it")

    expect((await loadModule(path))['default']).toBe(1)
  })

  test('leaves JSON to Node', async () => {
    write('data.json', '{ "a": 1 }')

    const path = write('a.ts', "import data from './data.json' with { type: 'json' }; export default data.a")

    expect((await loadModule(path))['default']).toBe(1)
  })

  test('drops imports that are only types', async () => {
    const path = write(
      'a.ts',
      "import { Missing } from './missing.js'; export default 1 as unknown as Missing",
    )

    expect((await loadModule(path))['default']).toBe(1)
  })

  test('does not transform what is in node_modules', async () => {
    write('node_modules/pkg/package.json', '{ "type": "module", "exports": "./index.ts" }')
    write('node_modules/pkg/index.ts', 'export enum A { b }')

    expect((await failure(write('a.ts', "import 'pkg'"))).code).toMatch(/^TM_/)
  })

  test('reads a file anew after it changed, and only then', async () => {
    for (const [name, before, after] of [
      ['a.ts', 'export default {a: 1}', 'export default {a: 22}'],
      ['a.mjs', 'export default {a: 1}', 'export default {a: 22}'],
      ['a.cjs', 'module.exports = {a: 1}', 'module.exports = {a: 22}'],
    ] as const) {
      const first = await loadModule(write(name, before))
      const same = await loadModule(join(folder, name))
      const changed = await loadModule(write(name, after))

      expect(first['default']).toEqual({ a: 1 })
      expect(same['default']).toBe(first['default'])
      expect(changed['default']).toEqual({ a: 22 })
    }
  })

  test('evaluates a file once more when it is asked to', async () => {
    for (const name of ['a.ts', 'a.cjs']) {
      const text = name === 'a.ts' ? 'export default {}' : 'module.exports = {}'
      const first = await loadModule(write(name, text))
      const second = await loadModule(join(folder, name), { fresh: true })

      expect(second['default']).not.toBe(first['default'])
    }
  })
})

describe('what goes wrong', () => {
  test('is a syntax error with its file, line, column and text', async () => {
    const path = write('bad.ts', "const ü = '😀'\n\tconst a: = 3\n")
    const error = await failure(path)

    expect(error.code).toBe('TM_SYNTAX_ERROR')
    expect(error.place).toEqual({ file: path, line: 2, column: 11 })
    expect(error.message).toBe(
      `Unexpected token (${path}, line 2, column 11)\n\n  2 | \tconst a: = 3\n      \t         ^`,
    )
    expect(error.remedy).toBe(`Correct ${path}, line 2, column 11.`)
  })

  test('is a syntax error in a file that another one imports', async () => {
    const helper = write('helper.ts', 'export const a = 1\nexport const a = 2\n')
    const { code, place } = await failure(write('main.ts', "import './helper.js'"))

    expect(code).toBe('TM_SYNTAX_ERROR')
    expect(place).toEqual({ file: helper, line: 2, column: 14 })
  })

  test.each(['bad.js', 'bad.mjs', 'bad.cjs'])('is a syntax error in %s', async (name) => {
    const path = write(name, 'const a = 1\n  if (a {}\n')
    const { code, place } = await failure(path)

    expect(code).toBe('TM_SYNTAX_ERROR')
    expect(place).toMatchObject({ file: path, line: 2 })
  })

  test('is a name that another file does not export', async () => {
    write('helper.ts', 'export const here = 1')
    const path = write('main.ts', "// first\n\nimport { nope } from './helper.js'\nconsole.log(nope)")
    const error = await failure(path)

    expect(error.code).toBe('TM_SYNTAX_ERROR')
    expect(error.message).toContain("'./helper.js' does not provide an export named 'nope'")
    expect(error.place.file).toBe(path)
  })

  test('is an import that is not there', async () => {
    const path = write('main.ts', "const a = 1\nimport b from './missing.js'\nexport default [a, b]")
    const error = await failure(path)

    expect(error.code).toBe('TM_IMPORT_NOT_FOUND')
    expect(error.place).toEqual({ file: path, line: 2 })
    expect(error.message).toBe(
      `"./missing.js" cannot be imported (${path}, line 2)\n\n  2 | import b from './missing.js'`,
    )
    expect(error.details).toEqual({ specifier: './missing.js' })
  })

  test('is a package that is not installed', async () => {
    const error = await failure(write('main.ts', "import '@not/installed/deep'"))

    expect(error.code).toBe('TM_IMPORT_NOT_FOUND')
    expect(error.remedy).toContain('npm install @not/installed)')
  })

  test('is an error that the file throws, at its line', async () => {
    const path = write(
      'main.ts',
      'interface A {\n  a: string\n}\n\nconst a = null as unknown as A\nexport default a.a.length',
    )
    const error = await failure(path)

    expect(error.code).toBe('TM_MODULE_FAILED')
    expect(error.message).toBe(
      `${path} threw while it was loaded: Cannot read properties of null (reading 'a')`,
    )
    expect(error.place).toMatchObject({ file: path, line: 6 })
    expect(error.cause).toBeInstanceOf(TypeError)
  })

  test('is something thrown that is no error', async () => {
    const path = write('main.ts', "throw 'text'")
    const error = await failure(path)

    expect(error.message).toBe(`${path} threw while it was loaded: text`)
    expect(error.place).toEqual({ file: path })
  })

  test('is a file that is not there', async () => {
    const error = await failure(join(folder, 'gone.ts'))

    expect(error.code).toBe('TM_MODULE_MISSING')
    expect(error.message).toBe(`There is no file ${join(folder, 'gone.ts')}.`)
  })

  test('is gone once the file is mended', async () => {
    await failure(write('a.ts', 'const a: = 1'))

    expect((await loadModule(write('a.ts', 'const a: number = 1\nexport default a')))['default']).toBe(1)
  })
})

test('TypeScript that nothing here can transform is no fault of the file', () => {
  const reason = 'Cannot find native binding.'
  const thrown = Object.assign(new Error(reason), {
    problem: { kind: 'transform', file: '/project/001_a.ts', message: reason },
  })

  expect(moduleErrorOf(thrown, '/project/001_a.ts', () => undefined)).toMatchObject({
    code: 'TM_TRANSFORM_MISSING',
    remedy: expect.stringContaining('npm install --include=optional'),
    place: { file: '/project/001_a.ts' },
    details: { reason },
  })
})
