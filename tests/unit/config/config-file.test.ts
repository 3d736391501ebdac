import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Config, LoadConfigOptions } from '../../../src/config/config.js'
import { ConfigError } from '../../../src/config/errors.js'
import { loadConfig } from '../../../src/config/load-config.js'

let root: string

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'tidemark-config-')))
})

afterEach(() => {
  rmSync(root, { recursive: true })
})

function write(files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), text)
  }
}

function load(options: LoadConfigOptions = {}): Promise<Config> {
  return loadConfig({ root, variables: {}, ...options })
}

async function refusal(options: LoadConfigOptions = {}): Promise<ConfigError> {
  const error: unknown = await load(options).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof ConfigError)) throw new Error(`not refused as it should be: ${String(error)}`)
  expect(error.kind).toBe('usage')
  return error
}

describe('a config file', () => {
  test.each([
    ['tidemark.config.ts', "export default { migrations: { table: 'ledger' as string } }"],
    ['tidemark.config.mts', "export default { migrations: { table: 'ledger' as string } }"],
    ['tidemark.config.js', "module.exports = { migrations: { table: 'ledger' } }"],
    ['tidemark.config.mjs', "export default { migrations: { table: 'ledger' } }"],
    ['tidemark.config.ts', "export default Promise.resolve({ migrations: { table: 'ledger' } })"],
    ['tidemark.config.ts', "export default () => ({ migrations: { table: 'ledger' } })"],
    ['tidemark.config.ts', "export default async () => ({ migrations: { table: 'ledger' } })"],
    ['tidemark.config.ts', "import { table } from './settings.js'\nexport default { migrations: { table } }"],
  ])('is found as %s: %s', async (name, text) => {
    write({ [name]: text, 'settings.ts': "export const table: string = 'ledger'" })

    expect((await load()).migrations.table).toBe('ledger')
  })

  test('may have another name and place; paths still count from the project', async () => {
    write({ 'config/db.ts': "export default { migrations: { directory: 'm' } }" })

    for (const file of ['config/db.ts', join(root, 'config/db.ts')]) {
      expect((await load({ file })).migrations.directories).toEqual([join(root, 'm')])
    }
  })

  test('takes defineConfig and env from the package that runs, installed in the project or not', async () => {
    write({
      '.env': 'ARCHIVE=archive.db\n',
      'tidemark.config.ts':
        "import { defineConfig, env } from 'tidemark'\n" +
        "export default defineConfig({ connections: { archive: { dialect: 'sqlite', database: env('ARCHIVE') } } })",
    })

    expect((await load()).connection().label).toBe('archive.db')
  })

  test('is evaluated at each load, since the environment may have changed', async () => {
    write({
      'tidemark.config.ts':
        "globalThis.count = (globalThis.count ?? 0) + 1\nexport default { migrations: { table: 't' + globalThis.count } }",
    })

    expect((await load()).migrations.table).toBe('t1')
    expect((await load()).migrations.table).toBe('t2')
  })

  test('is evaluated in turn when projects load at once', async () => {
    write({
      'tidemark.config.ts':
        "const key = Symbol.for('tidemark.variables')\nawait new Promise((done) => setTimeout(done, 5))\n" +
        "export default { migrations: { table: globalThis[key].get('TABLE').value } }",
    })

    const tables = ['a', 'b', 'c']
    const configs = await Promise.all(tables.map((TABLE) => load({ variables: { TABLE } })))

    expect(configs.map(({ migrations }) => migrations.table)).toEqual(tables)
  })
})

describe('a config file is refused', () => {
  test('when there are two', async () => {
    write({ 'tidemark.config.ts': 'export default {}', 'tidemark.config.mjs': 'export default {}' })
    const error = await refusal()

    expect(error.code).toBe('TM_TWO_CONFIG_FILES')
    expect(error.message).toBe(
      `There are 2 config files in ${root}: tidemark.config.ts and tidemark.config.mjs.`,
    )
    expect(error.remedy).toBe('Keep one of them, or say which: --config tidemark.config.ts.')
  })

  test('when it is asked for and not there', async () => {
    const error = await refusal({ file: 'nope.ts' })

    expect(error.code).toBe('TM_CONFIG_FILE_MISSING')
    expect(error.message).toBe(`There is no config file "nope.ts": looked for ${join(root, 'nope.ts')}.`)
  })

  test.each([
    [
      'export const config = {}',
      "tidemark.config.ts has no default export; a config file's default export is an object.",
    ],
    [
      "export default 'sqlite'",
      'tidemark.config.ts exports "sqlite" as default; a config file\'s default export is an object.',
    ],
    [
      'export default [{}]',
      "tidemark.config.ts exports a list as default; a config file's default export is an object.",
    ],
    [
      'export default async () => null',
      "tidemark.config.ts exports null as default; a config file's default export is an object.",
    ],
  ])('when it says %j', async (text, message) => {
    write({ 'tidemark.config.ts': text })
    const error = await refusal()

    expect(error.code).toBe('TM_BAD_CONFIG_FILE')
    expect(error.message).toBe(message)
    expect(error.place.file).toBe(join(root, 'tidemark.config.ts'))
  })

  test('when it does not parse, with the line', async () => {
    write({ 'tidemark.config.ts': 'export default {\n  default: = 1,\n}\n' })
    const error = await refusal()

    expect(error.code).toBe('TM_SYNTAX_ERROR')
    expect(error.place).toEqual({ file: join(root, 'tidemark.config.ts'), line: 2, column: 12 })
  })

  test('when it throws', async () => {
    write({ 'tidemark.config.ts': "throw new Error('no vault')" })
    expect((await refusal()).message).toContain('threw while it was loaded: no vault')

    write({ 'tidemark.config.ts': "export default () => { throw new Error('no vault') }" })
    expect((await refusal()).message).toBe('The function that tidemark.config.ts exports threw: no vault')
  })

  test('with the name of the file, when a value in it cannot be right', async () => {
    write({ 'tidemark.config.ts': "export default { migrations: { naming: 'sequentail' } }" })
    const error = await refusal()

    expect(error.message).toBe(
      'migrations.naming is "sequentail" (tidemark.config.ts); allowed: timestamp, sequential. Did you mean "sequential"?',
    )
    expect(error.place).toEqual({ file: join(root, 'tidemark.config.ts') })
  })
})
