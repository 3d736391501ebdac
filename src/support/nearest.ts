// "Did you mean …?": the nearest of some known words to one that was mistyped.

/** The word of `known` that is at most a third of its letters away from `given`; undefined where none is. */
export function nearest(given: string, known: readonly string[]): string | undefined {
  const scored = known.map((word) => ({
    word,
    distance: editDistance(given.toLowerCase(), word.toLowerCase()),
  }))
  const best = scored.sort((a, b) => a.distance - b.distance)[0]
  return best !== undefined && best.distance <= Math.max(1, Math.floor(best.word.length / 3))
    ? best.word
    : undefined
}

/** A sentence to append to a message, or nothing. */
export function didYouMean(given: string, known: readonly string[]): string {
  const word = nearest(given, known)
  return word === undefined ? '' : ` Did you mean "${word}"?`
}

/** The same, where `given` may also be a part of what was meant. */
export function didYouMeanPart(given: string, known: readonly string[]): string {
  const whole = given === '' ? [] : known.filter((word) => word.includes(given))
  if (whole.length === 0 || whole.length > 3) return didYouMean(given, known)
  return ` Did you mean ${whole.map((word) => `"${word}"`).join(' or ')}?`
}

function editDistance(from: string, to: string): number {
  const letters = Array.from(to)
  let row = [0, ...letters.map((_, index) => index + 1)]
  for (const [i, letter] of Array.from(from).entries()) {
    const next = [i + 1]
    for (const [j, other] of letters.entries()) {
      const substituted = (row[j] ?? 0) + (letter === other ? 0 : 1)
      next.push(Math.min(substituted, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row[letters.length] ?? 0
}
