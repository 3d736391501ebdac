// Whether a connection is encrypted and whom it trusts, by the words of PostgreSQL's sslmode
// (https://www.postgresql.org/docs/current/libpq-ssl.html), on every server.

import { readFileSync } from 'node:fs'
import { type PeerCertificate, checkServerIdentity } from 'node:tls'
import { messageOf } from '../support/errors.js'
import type { TlsOptions } from './dialect.js'
import { ConnectionError } from './errors.js'

/** What Node's TLS takes from us. */
export interface TlsSocketOptions {
  readonly rejectUnauthorized: boolean
  readonly ca?: string
  readonly checkServerIdentity: (host: string, certificate: PeerCertificate) => Error | undefined
}

/** One way to connect: encrypted or, where undefined, not. */
export type TlsAttempt = TlsSocketOptions | undefined

/**
 * The ways to connect, in the order in which they are tried. A socket in the file system is never encrypted.
 *
 * @throws ConnectionError where the file with the certificates cannot be read
 */
export function tlsAttempts(tls: TlsOptions, host: string, isSocket: boolean): readonly TlsAttempt[] {
  const mode = tls.mode ?? 'prefer'
  if (isSocket || mode === 'disable') return [undefined]
  const encrypted = socketOptions(mode, tls.caFile, host)
  if (mode === 'prefer') return [encrypted, undefined]
  return mode === 'allow' ? [undefined, encrypted] : [encrypted]
}

/**
 * As in libpq, `require` with a certificate authority checks the certificate too. Without one, the checking modes trust
 * those that Node trusts.
 */
function socketOptions(
  mode: NonNullable<TlsOptions['mode']>,
  caFile: string | undefined,
  host: string,
): TlsSocketOptions {
  const isChecked =
    mode === 'verify-ca' || mode === 'verify-full' || (mode === 'require' && caFile !== undefined)
  return {
    rejectUnauthorized: isChecked,
    ...(caFile !== undefined && { ca: readCertificates(caFile) }),
    // Told the host by us: Node takes another name where the host is an IP address.
    checkServerIdentity: (_host, certificate) =>
      mode === 'verify-full' ? checkServerIdentity(host, certificate) : undefined,
  }
}

function readCertificates(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new ConnectionError({
      code: 'TM_CONNECTION_FAILED',
      message: `The certificates "${path}" cannot be read: ${messageOf(error)}.`,
      remedy: 'Check the connection option sslCa (DB_SSL_CA): it names a PEM file.',
      details: { caFile: path },
      cause: error,
    })
  }
}
