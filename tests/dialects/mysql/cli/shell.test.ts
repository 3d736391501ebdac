// What the clients of MySQL and MariaDB make of a connection's settings when db:shell starts them.

import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { clientName, lacksClient } from '../../../helpers/client.js'
import { administer, makeDatabase } from '../../../helpers/database.js'
import { startProxy } from '../../../helpers/mysql-proxy.js'
import { fixture } from '../../../helpers/postgres-proxy.js'
import { makeProject } from '../../../helpers/project.js'
import { runCli, succeed } from '../../../helpers/run-cli.js'

const address = inject('address')
const select = (sql: string): string[] => ['db:shell', '--', '-N', '-e', `select ${sql}`]

describe.skipIf(lacksClient)(clientName, () => {
  test('logs in with the password of the connection, also where an option file has another', async () => {
    const [user, password] = [`tidemark_shell_${process.pid}`, `p4ss "w0rd' #`]
    await administer(`drop user if exists ${user}`)
    await administer(`create user ${user} identified by '${password.replace("'", "''")}'`)
    onTestFinished(() => administer(`drop user ${user}`))
    const url = new URL(address)
    const variables = {
      DB_URL: `${url.protocol}//${user}@${url.host}/information_schema`,
      DB_PASSWORD: password,
    }
    const home = makeProject({ '.my.cnf': '[client]\npassword=other\nuser=other\n' })

    const words = select('current_user()')
    for (const HOME of ['/nowhere', home.root]) {
      expect(await succeed(makeProject(), words, { ...variables, HOME })).toBe(`${user}@%\n`)
    }
  })

  test('speaks UTF-8, in the database of the connection', async () => {
    const { variables, target } = await makeDatabase()

    const words = select("@@character_set_client, database(), hex('ë')")
    expect(await succeed(makeProject(), words, { ...variables, LANG: 'C', DB_CHARSET: 'latin1' })).toBe(
      `utf8mb4\t${target.database}\tC3AB\n`,
    )
  })

  const at = (port: number, sslmode: string): Record<string, string> => {
    const url = new URL(address)
    url.port = String(port)
    return { DB_URL: url.href, DB_SSLMODE: sslmode }
  }
  const trusted = { DB_SSL_CA: fixture('ca.pem') }

  test.each([
    ['disable', {}, false],
    ['prefer', {}, true],
    ['require', {}, true],
    ['require', trusted, true],
    ['verify-full', trusted, true],
  ])('encrypts with sslmode %s as asked, certificates %o', async (mode, certificates, isEncrypted) => {
    const proxy = await startProxy(address, { certificate: 'server' })

    const { status, stdout, stderr } = await runCli(makeProject(), select('40 + 2'), {
      ...at(proxy.port, mode),
      ...certificates,
    })

    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '42\n', stderr: '' })
    expect(proxy.encrypted() > 0).toBe(isEncrypted)
  })

  test.each(['require', 'verify-full'])('with sslmode %s does without nothing', async (mode) => {
    const proxy = await startProxy(address)

    const { status, stdout } = await runCli(makeProject(), select('40 + 2'), at(proxy.port, mode))

    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
  })

  test('refuses the certificate of another host', async () => {
    const proxy = await startProxy(address, { certificate: 'other-host' })

    const { status, stdout } = await runCli(makeProject(), select('40 + 2'), {
      ...at(proxy.port, 'verify-full'),
      ...trusted,
    })

    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
  })
})
