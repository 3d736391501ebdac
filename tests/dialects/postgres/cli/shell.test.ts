// What psql makes of a connection's settings when db:shell starts it.

import { describe, expect, inject, test } from 'vitest'
import { clientName, lacksClient } from '../../../helpers/client.js'
import { administer, makeDatabase } from '../../../helpers/database.js'
import { fixture, startProxy } from '../../../helpers/postgres-proxy.js'
import { makeProject } from '../../../helpers/project.js'
import { runCli, succeed } from '../../../helpers/run-cli.js'

const address = inject('address')
const show = (name: string): string[] => ['db:shell', '--', '-Atc', `show ${name}`]

describe.skipIf(lacksClient)(clientName, () => {
  test('looks for names in the configured schemas, whatever their names are', async () => {
    const { variables } = await makeDatabase()
    const path = { ...variables, DB_SCHEMA: 'public, "it\'s \\ a -c schema"' }

    expect(await succeed(makeProject(), show('search_path'), path)).toBe('"public","it\'s \\ a -c schema"\n')
    expect(await succeed(makeProject(), show('client_encoding'), path)).toBe('UTF8\n')
  })

  test('opens a database whose name could be an address', async () => {
    const name = `a=b ' ${process.pid}`
    await administer(`create database "${name}"`)
    try {
      const url = new URL(address)
      url.pathname = `/${encodeURIComponent(name)}`
      const words = ['db:shell', '--', '-Atc', 'select current_database()']
      expect(await succeed(makeProject(), words, { DB_URL: url.href })).toBe(`${name}\n`)
    } finally {
      await administer(`drop database "${name}"`)
    }
  })

  const at = (port: number, sslmode: string): Record<string, string> => {
    const url = new URL(address)
    url.port = String(port)
    return { DB_URL: url.href, DB_SSLMODE: sslmode, DB_SSL_CA: fixture('ca.pem') }
  }

  test.each([
    ['disable', 0],
    ['prefer', 1],
    ['require', 1],
    ['verify-ca', 1],
    ['verify-full', 1],
  ])('encrypts with sslmode %s as asked', async (mode, encrypted) => {
    const proxy = await startProxy(address, { certificate: 'server' })

    expect(await succeed(makeProject(), show('timezone_abbreviations'), at(proxy.port, mode))).toBe(
      'Default\n',
    )
    expect(proxy.encrypted()).toBe(encrypted)
  })

  test('refuses the certificate of another host', async () => {
    const proxy = await startProxy(address, { certificate: 'other-host' })

    const { status, stderr } = await runCli(
      makeProject(),
      show('timezone_abbreviations'),
      at(proxy.port, 'verify-full'),
    )

    expect(status).toBe(2)
    expect(stderr).toContain('does not match host name')
  })

  test('refuses a certificate that nobody signed whom Node trusts', async () => {
    const proxy = await startProxy(address, { certificate: 'server' })

    const { status, stderr } = await runCli(makeProject(), show('timezone_abbreviations'), {
      ...at(proxy.port, 'verify-full'),
      DB_SSL_CA: '',
    })

    expect(status).toBe(2)
    expect(stderr).toContain('certificate verify failed')
  })
})
