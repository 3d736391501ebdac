// Triggers. information_schema shows the strings of a trigger's body without what stands for the quotes (MySQL) and
// backslashes (both) in them, so that what it shows may be no SQL; the statement as it was written is told of one trigger
// at a time only.

import type { Session } from '../../dialect.js'
import { quoteTable } from '../sql/names.js'
import { type Place, type TriggerInfo, readTriggers, text } from './catalogue-rows.js'

export async function readWholeTriggers(session: Session, place: Place): Promise<readonly TriggerInfo[]> {
  const triggers = await readTriggers(session, place)
  const whole: TriggerInfo[] = []
  for (const trigger of triggers) {
    const isHurt = /['"\\]/.test(trigger.statement)
    whole.push(isHurt ? { ...trigger, statement: await readBody(session, place, trigger) } : trigger)
  }
  return whole
}

async function readBody(session: Session, place: Place, trigger: TriggerInfo): Promise<string> {
  const name = quoteTable({ schema: place.schema, name: trigger.name })
  const [row = {}] = await session.query(`show create trigger ${name}`)
  const written = text(row, 'SQL Original Statement')
  const [, body] = /\bfor\s+each\s+row\s+(?:(?:follows|precedes)\s+\S+\s+)?(.*)$/is.exec(written) ?? []
  return body ?? trigger.statement
}
