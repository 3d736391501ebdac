// How many rows a statement changed, counted as on the other databases: an update counts the rows that it found, also those
// that were so already, and a row counts once.

import type { ExecuteResult } from '../../dialect.js'
import { rowChange } from '../sql/statement-kind.js'
import type { OkPacket } from './driver.js'

export function executeResult(sql: string, ok: OkPacket | undefined): ExecuteResult {
  const kind = rowChange(sql)
  if (ok === undefined || kind === undefined) return { changes: 0, lastInsertId: undefined }
  if (kind !== 'insert') return { changes: matchedRows(ok) ?? ok.affectedRows, lastInsertId: undefined }
  const changes = insertedRows(sql, ok)
  return { changes, lastInsertId: changes > 0 ? insertId(ok.insertId) : undefined }
}

/** `Rows matched: 3  Changed: 1  Warnings: 0`, of updates alone. */
function matchedRows({ info }: OkPacket): number | undefined {
  const matched = /^Rows matched: (\d+)/.exec(info)?.[1]
  return matched === undefined ? undefined : Number(matched)
}

/**
 * Where ON DUPLICATE KEY UPDATE changes a row, or REPLACE takes the place of one, the server counts two; how many there were
 * of those, it tells where the rows were several: `Records: 3  Duplicates: 1  Warnings: 0`.
 */
function insertedRows(sql: string, { affectedRows, info }: OkPacket): number {
  if (!/^\s*replace\b|\bon\s+duplicate\s+key\b/i.test(sql)) return affectedRows
  const duplicates = /Duplicates: (\d+)/.exec(info)?.[1]
  return duplicates === undefined ? Math.min(affectedRows, 1) : affectedRows - Number(duplicates)
}

/** The driver reads it as signed, and gives a text where a number would round it. */
function insertId(id: number | string): number | bigint | undefined {
  if (typeof id === 'number' && id >= 0) return id === 0 ? undefined : id
  return BigInt.asUintN(64, BigInt(id))
}
