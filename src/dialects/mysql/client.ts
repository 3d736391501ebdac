// The family's own client: MySQL's `mysql` or MariaDB's `mariadb`. Each can speak to the server of the other, and MariaDB's
// goes by the name `mysql` too; they differ in how they are told about encryption, so the program is asked what it is.

import { certificatesFor } from '../client-certificates.js'
import { findProgram, outputOf } from '../client-program.js'
import type { ServerPlace } from '../connection-failure.js'
import type { ClientCommand, SessionOptions, TlsOptions } from '../dialect.js'
import { type Proof, proofOf } from '../tls.js'
import type { Flavour } from './server.js'
import { openConnection, placeOf } from './session/open-connection.js'

const programs = {
  mysql: { name: 'mysql', debian: 'default-mysql-client', homebrew: 'mysql-client' },
  mariadb: { name: 'mariadb', debian: 'mariadb-client', homebrew: 'mariadb' },
}

export async function clientOf(options: SessionOptions, flavour: Flavour): Promise<ClientCommand> {
  const { name, version } = await findProgram(
    flavour.label,
    flavour.clients.map((client) => programs[client]),
  )
  const isMariadb = /\d-MariaDB/.test(version)
  const place = placeOf(options, flavour.label)
  // As Tidemark does: what goes through a socket in the file system is not encrypted.
  const tls = place.socket === undefined && options.server !== undefined ? options.server.tls : unencrypted
  if (isMariadb && isOnlyEncrypted(tls)) await requireEncryption(options, flavour)
  const certificates = certificatesFor(tls)
  return {
    program: name,
    words: [
      ...((await hasOwnPassword(name)) ? ['--no-defaults'] : []),
      ...placeWords(place),
      // The connection's, as in Tidemark's own sessions, whatever that of the tables is: terminals and files are in UTF-8.
      '--default-character-set=utf8mb4',
      ...(isMariadb ? mariadbTlsWords : mysqlTlsWords)(tls),
      ...(certificates.file === undefined ? [] : [`--ssl-ca=${certificates.file}`]),
    ],
    variables: {
      MYSQL_PWD: options.server?.password,
      ...withoutLogins,
    },
    notices: [],
    dispose: certificates.dispose,
  }
}

/** MySQL's file of logins: its passwords would win over that of the environment, and even `--no-defaults` reads it. */
const withoutLogins = { MYSQL_TEST_LOGIN_FILE: '' }

const unencrypted: TlsOptions = { mode: 'disable', caFile: undefined }

/** `localhost` would mean a socket, were the protocol not named. */
function placeWords({ host, port, socket, username, database }: ServerPlace): readonly string[] {
  const where =
    socket === undefined
      ? ['--protocol=TCP', `--host=${host}`, `--port=${port}`]
      : ['--protocol=SOCKET', `--socket=${socket}`]
  return [...where, `--user=${username}`, `--database=${database}`]
}

/** https://dev.mysql.com/doc/refman/9.7/en/connection-options.html#option_general_ssl-mode */
function mysqlTlsWords(tls: TlsOptions): readonly string[] {
  const { mode = 'prefer' } = tls
  const modes: Readonly<Record<Proof, string>> = {
    none: mode === 'disable' ? 'DISABLED' : mode === 'require' ? 'REQUIRED' : 'PREFERRED',
    signer: 'VERIFY_CA',
    host: 'VERIFY_IDENTITY',
  }
  const proof = proofOf(tls)
  // Unencrypted, the password goes under the server's own key, which the driver asks for by itself.
  const mayBeOpen = proof === 'none' && mode !== 'require'
  return [`--ssl-mode=${modes[proof]}`, ...(mayBeOpen ? ['--get-server-public-key'] : [])]
}

/**
 * Who has signed a certificate is checked together with the host or not at all: `verify-ca` becomes the stricter one.
 * https://mariadb.com/kb/en/mariadb-command-line-client/
 */
function mariadbTlsWords(tls: TlsOptions): readonly string[] {
  if (tls.mode === 'disable') return ['--skip-ssl']
  return ['--ssl', proofOf(tls) === 'none' ? '--skip-ssl-verify-server-cert' : '--ssl-verify-server-cert']
}

function isOnlyEncrypted(tls: TlsOptions): boolean {
  return tls.mode === 'require' && proofOf(tls) === 'none'
}

/**
 * MariaDB's client encrypts where the server offers it, and cannot be told to insist: so the server is asked before.
 *
 * @throws ConnectionError where it offers no encryption
 */
async function requireEncryption(options: SessionOptions, flavour: Flavour): Promise<void> {
  const { connection } = await openConnection(options, flavour)
  await connection.close()
}

/** Whether the user's option files hold a password. It would win over that of the environment. */
async function hasOwnPassword(program: string): Promise<boolean> {
  return (await outputOf(program, ['--print-defaults'], withoutLogins)).includes('--pass')
}
