// PostgreSQL's own client, `psql`. Everything is told it by the environment, which all programs of PostgreSQL read: a word
// of the command line can be seen by others, and a database's name there may be taken for more than a name.
// https://www.postgresql.org/docs/current/libpq-envars.html

import { dirname } from 'node:path'
import { certificatesFor } from '../client-certificates.js'
import { findProgram } from '../client-program.js'
import type { ClientCommand, ServerOptions, SessionOptions, TlsOptions } from '../dialect.js'
import { placeOf } from './session/open-client.js'
import { quoteIdentifier } from './sql/literal.js'

const psql = { name: 'psql', debian: 'postgresql-client', homebrew: 'libpq' }

export async function clientOf(options: SessionOptions): Promise<ClientCommand> {
  const { name } = await findProgram('PostgreSQL', [psql])
  const { host, port, socket, username, database } = placeOf(options)
  const { server } = options
  // As Tidemark does: what goes through a socket in the file system is not encrypted.
  const tls: TlsOptions = socket === undefined && server !== undefined ? server.tls : unencrypted
  const certificates = certificatesFor(tls)
  return {
    program: name,
    words: [],
    variables: {
      PGHOST: socket === undefined ? host : dirname(socket),
      PGPORT: String(port),
      PGUSER: username,
      PGDATABASE: database,
      PGSSLMODE: tls.mode ?? 'prefer',
      // With such a file libpq checks certificates in modes that do not ask for it.
      PGSSLROOTCERT: certificates.file,
      PGCLIENTENCODING: 'UTF8',
      // They would win over the place that the connection names.
      PGHOSTADDR: undefined,
      PGSERVICE: undefined,
      ...(server?.password !== undefined && { PGPASSWORD: server.password }),
      ...searchPathVariables(server),
    },
    notices: noticesOf(server),
    dispose: certificates.dispose,
  }
}

const unencrypted: TlsOptions = { mode: 'disable', caFile: undefined }

/** The driver reads PGOPTIONS as well, so what a user has set there stays. */
function searchPathVariables(server: ServerOptions | undefined): { PGOPTIONS?: string } {
  if (server === undefined || server.searchPath.length === 0 || server.isPooled) return {}
  const path = server.searchPath.map(quoteIdentifier).join(',')
  // What is between spaces is one option each.
  const escaped = path.replace(/[\\\s]/g, (character) => `\\${character}`)
  const given = process.env['PGOPTIONS'] ?? ''
  return { PGOPTIONS: `${given} -c search_path=${escaped}`.trim() }
}

/** A pooler refuses the option, or gives the connection that it was set for to somebody else. */
function noticesOf(server: ServerOptions | undefined): readonly string[] {
  if (server === undefined || server.searchPath.length === 0 || !server.isPooled) return []
  return [
    `The pooler in front does not keep the schemas ${server.searchPath.join(', ')}: write them before the names, or give the way past it (DB_DIRECT_URL).`,
  ]
}
