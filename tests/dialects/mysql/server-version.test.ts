import { expect, test } from 'vitest'
import { mariadbFlavour } from '../../../src/dialects/mariadb/flavour.js'
import { mysqlFlavour } from '../../../src/dialects/mysql/flavour.js'
import { flavourOf, versionNumber } from '../../../src/dialects/mysql/session/server-version.js'

test.each([
  ['9.7.4', 90_704, mysqlFlavour],
  ['8.0.36-0ubuntu0.22.04.1', 80_036, mysqlFlavour],
  ['8.0.11-TiDB-v7.5.1', 80_011, mysqlFlavour],
  ['5.5.5-10.11.19-MariaDB-0+deb12u1', 101_119, mariadbFlavour],
  ['11.8.9-MariaDB-4 from Debian', 110_809, mariadbFlavour],
  ['11.4.2-MariaDB-ubu2404-log', 110_402, mariadbFlavour],
  ['', 0, mysqlFlavour],
])('a server that says %j is of version %i', async (greeting, version, flavour) => {
  expect(versionNumber(greeting)).toBe(version)
  expect(await flavourOf(greeting, mysqlFlavour)).toBe(flavour)
  expect(await flavourOf(greeting, mariadbFlavour)).toBe(flavour)
})
