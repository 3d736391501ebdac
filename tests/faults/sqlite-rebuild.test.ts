import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'rolldown'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Session } from '../../src/dialects/dialect.js'
import { compile } from '../../src/dialects/sqlite/compile/compile.js'
import { openSession } from '../../src/dialects/sqlite/session/session.js'
import { assertWhole, describeChange, fill, structureOf } from './rebuilt-table.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const child = join(root, 'node_modules', '.tidemark-tests', 'rebuild-child.mjs')
const folder = mkdtempSync(join(tmpdir(), 'tidemark-'))

let before: readonly unknown[] = []
let after: readonly unknown[] = []
let statementCount = 0

beforeAll(async () => {
  await build({
    input: join(root, 'tests', 'faults', 'rebuild-child.ts'),
    platform: 'node',
    external: (id) => !id.startsWith('.') && !id.startsWith('/'),
    logLevel: 'silent',
    output: { file: child, format: 'esm', codeSplitting: false },
  })
  await withSession(join(folder, 'filled'), fill)
  await withSession(copyOf('filled', 'changed'), async (session) => {
    before = await structureOf(session)
    const statements = await compile(describeChange(), session)
    statementCount = statements.length
    await session.transaction(async () => session.apply(statements))
    after = await structureOf(session)
    await assertWhole(session)
  })
})

afterAll(() => {
  rmSync(folder, { recursive: true })
  rmSync(child)
})

describe('a rebuild that fails at a statement', () => {
  test('leaves the old table whole, whichever statement it is', async () => {
    for (let failing = 1; failing <= statementCount; failing += 1) {
      await withSession(copyOf('filled', `failed-${failing}`), async (session) => {
        let count = 0
        const observe = (): (() => void) => {
          count += 1
          if (count === failing) throw new Error('the disk is full')
          return () => undefined
        }

        const change = session.transaction(async () =>
          session.apply(await compile(describeChange(), session), observe),
        )

        await expect(change).rejects.toThrow('the disk is full')
        expect(await structureOf(session)).toEqual(before)
        expect(await session.setting('legacy_alter_table')).toBe(0)
        expect(await session.setting('foreign_keys')).toBe(1)
        await assertWhole(session)
      })
    }
    expect(statementCount).toBeGreaterThan(10)
  })

  test('can be made by the same session afterwards', async () => {
    await withSession(copyOf('filled', 'again'), async (session) => {
      const observe = (): never => {
        throw new Error('the disk is full')
      }
      const change = session.transaction(async () =>
        session.apply(await compile(describeChange(), session), observe),
      )
      await expect(change).rejects.toThrow('the disk is full')

      await session.transaction(async () => session.apply(await compile(describeChange(), session)))

      expect(await structureOf(session)).toEqual(after)
      await assertWhole(session)
    })
  })
})

describe.each(['delete', 'wal'])('a rebuild whose process is killed, with journal mode %s', (mode) => {
  test('leaves the old table whole after each statement, and the new one after the commit', async () => {
    for (let stopAfter = 0; stopAfter <= statementCount + 1; stopAfter += 1) {
      const path = copyOf('filled', `killed-${mode}-${stopAfter}`)
      await withSession(path, (session) => session.setting('journal_mode', mode))

      const outcome = await killAfter(path, stopAfter)

      await withSession(path, async (session) => {
        const isCommitted = stopAfter > statementCount
        expect(outcome).toBe(isCommitted ? 'committed\n' : 'reached\n')
        expect(await structureOf(session)).toEqual(isCommitted ? after : before)
        await assertWhole(session)
      })
    }
  })
})

/** Starts the change in a process of its own and kills it where it stops; gives what it said there. */
async function killAfter(path: string, stopAfter: number): Promise<string> {
  const running = spawn(process.execPath, [child, path, String(stopAfter)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [said] = await Promise.race([once(running.stdout, 'data'), once(running, 'exit')])
  running.kill('SIGKILL')
  await once(running, 'close')
  return String(said)
}

function copyOf(name: string, copy: string): string {
  copyFileSync(join(folder, name), join(folder, copy))
  return join(folder, copy)
}

async function withSession<Result>(
  path: string,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  const session = await openSession({ database: path, foreignKeys: true, lockTimeoutMs: 1000 })
  try {
    return await work(session)
  } finally {
    await session.close()
  }
}
