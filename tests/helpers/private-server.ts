// A database server of a test's own, of the kind that the vitest project runs on, on another port and with data of its own:
// one that may be killed. It is started by the script that .ci/servers.sh starts the others with, and keeps what it has
// committed, as servers do where it matters (the others are made for speed).

import { execFile } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { inject, onTestFinished } from 'vitest'
import { type TestDatabase, ask, makeDatabaseAt } from './database.js'
import { answersAt, requiredServers } from './servers.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const engines = resolve(root, process.env['TIDEMARK_ENGINES'] ?? '../shared/engines')

/** What tells the script of each server which port to use. */
const portVariables: Readonly<Record<string, string>> = {
  postgres: 'PG_PORT',
  postgres18: 'PG18_PORT',
  mysql: 'MYSQL_PORT',
  mariadb: 'MARIADB_PORT',
  mariadb11: 'MARIADB11_PORT',
}

const script = (): string => join(engines, inject('server'))

/** Whether tests of a private server are to run: where they can, and where TIDEMARK_REQUIRE says that they must. */
export function hasPrivateServer(): boolean {
  return existsSync(script()) || requiredServers().includes('engines')
}

export class PrivateServer {
  readonly #port: number
  #address = ''
  #mainProcess = 0

  private constructor(port: number) {
    this.#port = port
  }

  /** Starts one, which is gone when the test ends. */
  static async start(): Promise<PrivateServer> {
    if (!existsSync(script()))
      throw new Error(`There is no ${script()} to start a server with (TIDEMARK_ENGINES).`)
    const server = new PrivateServer(await freePort())
    onTestFinished(async () => void (await server.#script('wipe')))
    await server.start()
    return server
  }

  async start(): Promise<void> {
    this.#address = (await this.#script('start')).trim()
    const [row] = await ask(
      inject('dialect') === 'postgres'
        ? "select current_setting('data_directory') || '/postmaster.pid' as file"
        : 'select @@pid_file as file',
      this.#address,
    )
    this.#mainProcess = Number.parseInt(readFileSync(String(row?.['file']), 'utf8'), 10)
  }

  /** Ends all its processes, in the midst of whatever they do. */
  async kill(): Promise<void> {
    // Those of PostgreSQL notice by themselves that their parent is gone, but end what they are at first.
    for (const id of [this.#mainProcess, ...childrenOf(this.#mainProcess)]) process.kill(id, 'SIGKILL')
    while (await answersAt(this.#address)) await pause(10)
  }

  async makeDatabase(): Promise<TestDatabase> {
    return await makeDatabaseAt(this.#address)
  }

  async #script(word: 'start' | 'wipe'): Promise<string> {
    const port = { [portVariables[inject('server')] ?? '']: String(this.#port) }
    const env = { ...process.env, ...port, ENGINES_FAST: '0', ENGINES_QUIET: '1' }
    return (await promisify(execFile)(script(), [word], { env })).stdout
  }
}

/** None that the system gives to whoever asks for any: while the server is down, its port must stay free. */
async function freePort(): Promise<number> {
  const port = 20_000 + Math.trunc(Math.random() * 10_000)
  return (await answersAt(`tcp://127.0.0.1:${port}`)) ? await freePort() : port
}

function childrenOf(parent: number): readonly number[] {
  const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return ids.filter((id) => parentOf(id) === parent).map(Number)
}

/** The second field after the name, which may hold anything: proc(5). */
function parentOf(id: string): number {
  try {
    const stat = readFileSync(`/proc/${id}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return 0
  }
}
