// Values for messages. Whatever may hold a password is cut down to what certainly holds none: somebody who mixes up two
// keys must not find an address with its password in a log.

/** A value as a message may show it. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return maskedText(value)
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return String(value)
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

/** The text in quotes; of an address only the scheme. */
function maskedText(text: string): string {
  const scheme = /^([a-z][a-z0-9+.-]*:)\/\//i.exec(text)?.[1]
  return scheme === undefined ? JSON.stringify(text) : `"${scheme}//…"`
}
