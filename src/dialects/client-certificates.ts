// Whom a database's own client is to trust. Where a certificate is checked and the connection names nobody, Tidemark trusts
// those that Node trusts; a client knows them only from a file.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rootCertificates } from 'node:tls'
import type { TlsOptions } from './dialect.js'
import { proofOf } from './tls.js'

export interface ClientCertificates {
  /** A PEM file; undefined where no certificate is checked. */
  readonly file: string | undefined
  /** Removes the file where it was made for the client. */
  readonly dispose: () => void
}

export function certificatesFor(tls: TlsOptions): ClientCertificates {
  if (proofOf(tls) === 'none') return { file: undefined, dispose: () => undefined }
  if (tls.caFile !== undefined) return { file: tls.caFile, dispose: () => undefined }
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-client-'))
  const file = join(folder, 'trusted.pem')
  writeFileSync(file, [...rootCertificates, ...extraCertificates()].join('\n'))
  return { file, dispose: () => rmSync(folder, { recursive: true, force: true }) }
}

/** https://nodejs.org/api/cli.html#node_extra_ca_certsfile: what cannot be read is left out there too. */
function extraCertificates(): readonly string[] {
  const path = process.env['NODE_EXTRA_CA_CERTS']
  if (path === undefined) return []
  try {
    return [readFileSync(path, 'utf8')]
  } catch {
    return []
  }
}
