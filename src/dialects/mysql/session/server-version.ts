// Which of the two a server is, and of which version, by the words with which it greets.

import type { Flavour } from '../server.js'

/**
 * The flavour of the server: the expected one, or the other, which is loaded then.
 *
 * @param version `9.7.4`, `5.5.5-10.11.19-MariaDB`
 */
export async function flavourOf(version: string, expected: Flavour): Promise<Flavour> {
  const name = /mariadb/i.test(version) ? 'mariadb' : 'mysql'
  if (name === expected.name) return expected
  return name === 'mariadb'
    ? (await import('../../mariadb/flavour.js')).mariadbFlavour
    : (await import('../flavour.js')).mysqlFlavour
}

/** 90704 for 9.7.4. MariaDB says `5.5.5-` first, for the sake of old replicas. */
export function versionNumber(version: string): number {
  const [, major = '0', minor = '0', patch = '0'] =
    /^(?:5\.5\.5-(?=\d+\.\d+))?(\d+)\.(\d+)(?:\.(\d+))?/.exec(version) ?? []
  return Number(major) * 10_000 + Number(minor) * 100 + Number(patch)
}
