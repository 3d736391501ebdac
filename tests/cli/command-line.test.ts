import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { commands } from '../../src/cli/commands/index.js'
import { makeProject } from '../helpers/project.js'
import { json, runCli, succeed } from '../helpers/run-cli.js'

describe('what a command line may not be', () => {
  const wrong: [words: string[], message: string, remedy: string, code: string][] = [
    [
      ['migrat'],
      'There is no command "migrat". Did you mean "migrate"?',
      'Run tidemark list to see all commands.',
      'TM_UNKNOWN_COMMAND',
    ],
    [
      ['db'],
      'There is no command "db". Commands that begin with it: db:create, db:apply, db:status, db:rollback, db:show, db:table, db:describe, db:wipe, db:shell.',
      'Run tidemark list to see all commands.',
      'TM_UNKNOWN_COMMAND',
    ],
    [
      ['migrate', '--pretnd'],
      'migrate has no option --pretnd. Did you mean "--pretend"?',
      'Run tidemark migrate --help to see its options.',
      'TM_UNKNOWN_FLAG',
    ],
    [
      ['migrate', '-x'],
      'migrate has no option -x.',
      'Run tidemark migrate --help to see its options.',
      'TM_UNKNOWN_FLAG',
    ],
    [
      ['migrate:rollback', '--step=many'],
      '--step takes a whole number of 1 or more; given was "many".',
      'Write for instance --step=1.',
      'TM_BAD_FLAG_VALUE',
    ],
    [
      ['migrate:status', '--pending=256'],
      '--pending takes a whole number from 0 to 255; given was "256".',
      'Write for instance --pending=1.',
      'TM_BAD_FLAG_VALUE',
    ],
    [
      ['migrate', '--force=yes'],
      '--force takes no value; given was "yes".',
      'Write --force alone, or leave it out.',
      'TM_BAD_FLAG_VALUE',
    ],
    [
      ['migrate', '--connection', '--force'],
      '--connection needs a value.',
      'Write --connection=NAME: the connection to use, of those configured.',
      'TM_MISSING_FLAG_VALUE',
    ],
    [
      ['db:table'],
      'db:table needs TABLE: the table or view.',
      'Run tidemark db:table TABLE, or tidemark db:table --help for an example.',
      'TM_MISSING_ARGUMENT',
    ],
    [
      ['db:table', 'users', 'posts'],
      'db:table takes one argument; "posts" is one too many.',
      'Leave "posts" out, or run tidemark db:table --help to see what the command takes.',
      'TM_EXTRA_ARGUMENT',
    ],
    [
      ['migrate:rollback', '--step=1', '--batch=1'],
      'migrate:rollback was given --step and --batch, which do not go together.',
      'Give only one of NAME, --step, --batch.',
      'TM_FLAGS_CONFLICT',
    ],
    [
      ['migrate', '--seed'],
      '--seed cannot be used: this release has no seeders yet.',
      'Leave --seed out.',
      'TM_FLAG_NOT_SUPPORTED',
    ],
  ]

  test.each(wrong)('%j is refused', async (words, message, remedy, code) => {
    const { status, stdout, stderr } = await runCli(makeProject(), words)

    expect(status).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toBe(`\n  Error  ${message}\n\n  next   ${remedy}\n  code   ${code}\n\n`)
  })

  test('with --json the error is the document on stdout', async () => {
    const { status, stdout, stderr } = await runCli(makeProject(), ['migrat', '--json'])

    expect(status).toBe(2)
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toEqual({
      error: {
        code: 'TM_UNKNOWN_COMMAND',
        message: 'There is no command "migrat". Did you mean "migrate"?',
        remedy: 'Run tidemark list to see all commands.',
        place: {},
        details: { command: 'migrat' },
      },
    })
  })

  test('an error is printed with --quiet too', async () => {
    const { status, stderr } = await runCli(makeProject(), ['migrat', '--quiet'])

    expect(status).toBe(2)
    expect(stderr).toContain('TM_UNKNOWN_COMMAND')
  })
})

test('each command is the file of its name', () => {
  const folder = fileURLToPath(new URL('../../src/cli/commands', import.meta.url))
  const files = readdirSync(folder).filter((file) => file !== 'index.ts')

  const expected = Object.keys(commands).map((name) => `${name.replace(':', '-')}.ts`)
  expect(files.sort()).toEqual(expected.sort())
})

describe('list', () => {
  test('shows every command by group, and so does no command at all', async () => {
    const project = makeProject()

    const text = await succeed(project, ['list'])

    expect(await succeed(project, [])).toBe(text)
    expect(text).toContain('\n  Migrations\n    migrate           Apply the migrations that are pending\n')
    for (const name of Object.keys(commands)) expect(text).toContain(`\n    ${name} `)
  })

  test('as JSON it holds the same', async () => {
    const document = await json(makeProject(), ['list'])

    expect(document).toMatchObject({
      commands: expect.arrayContaining([
        { name: 'migrate', group: 'Migrations', summary: 'Apply the migrations that are pending' },
      ]),
    })
  })
})

describe('--help', () => {
  test.each(Object.keys(commands))('of %s has its summary, its usage and an example', async (name) => {
    const text = await succeed(makeProject(), [name, '--help'])

    expect(text).toContain(`\n  ${commands[name]?.summary}\n`)
    expect(text).toContain(`\n  Usage  tidemark ${name} `)
    expect(text).toMatch(new RegExp(`\n  Examples?\n    tidemark ${name}`))
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  })

  test('leaves out what is accepted for the sake of habit only', async () => {
    const text = await succeed(makeProject(), ['migrate', '-h'])

    expect(text).toContain('        --pretend          print the SQL and change nothing\n')
    expect(text).not.toContain('--isolated')
    expect(text).not.toContain('--seed')
  })
})

describe('output', () => {
  test('--version and -V print the version', async () => {
    const project = makeProject()

    expect(await succeed(project, ['--version'])).toMatch(/^\d+\.\d+\.\d+\n$/)
    expect(await succeed(project, ['-V'])).toBe(await succeed(project, ['migrate', '--version']))
  })

  test('has colours only where they are asked for or the terminal shows them', async () => {
    const project = makeProject()

    expect(await succeed(project, ['list'])).not.toContain('\u001B')
    expect(await succeed(project, ['list'], { FORCE_COLOR: '1' })).toContain('\u001B[32m')
    expect(await succeed(project, ['list', '--no-color'], { FORCE_COLOR: '1' })).not.toContain('\u001B')
  })

  test('--quiet prints nothing', async () => {
    expect(await succeed(makeProject(), ['list', '--quiet'])).toBe('')
  })
})
