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

/** What a server's certificate has to prove: nothing, who has signed it, or also which host it is of. */
export type Proof = 'none' | 'signer' | 'host'

/** As in libpq, `require` with a certificate authority checks the certificate too. */
export function proofOf({ mode, caFile }: TlsOptions): Proof {
  if (mode === 'verify-full') return 'host'
  return mode === 'verify-ca' || (mode === 'require' && caFile !== undefined) ? 'signer' : 'none'
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
  const encrypted = socketOptions(tls, host)
  if (mode === 'prefer') return [encrypted, undefined]
  return mode === 'allow' ? [undefined, encrypted] : [encrypted]
}

/** Without a certificate authority, the checking modes trust those that Node trusts. */
function socketOptions(tls: TlsOptions, host: string): TlsSocketOptions {
  const proof = proofOf(tls)
  return {
    rejectUnauthorized: proof !== 'none',
    ...(tls.caFile !== undefined && { ca: readCertificates(tls.caFile) }),
    // Told the host by us: Node takes another name where the host is an IP address.
    checkServerIdentity: (_host, certificate) =>
      proof === 'host' ? checkServerIdentity(host, certificate) : undefined,
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
