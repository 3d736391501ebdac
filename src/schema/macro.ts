// Methods that users add to a class of ours. Nothing that is there already can be replaced.

import { checkedName } from './argument-checks.js'
import { SchemaError } from './errors.js'

/** Puts `method` on the prototype of the class called `owner`. */
export function installMacro(owner: string, prototype: object, name: string, method: unknown): void {
  checkedName({ method: `${owner}.macro` }, 'The name of the method', name)
  if (name in prototype) throw takenName(owner, name)
  Object.defineProperty(prototype, name, { configurable: true, writable: true, value: method })
}

function takenName(owner: string, name: string): SchemaError {
  return new SchemaError({
    code: 'TM_NAME_TAKEN',
    message: `${owner}.macro('${name}', …): a ${owner} has a method "${name}" already.`,
    remedy: 'Give the method a name of its own.',
    details: { name },
  })
}
