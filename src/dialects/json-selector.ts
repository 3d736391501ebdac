// Laravel's short form for a value inside a JSON document, `meta->owner->name`, for databases that have JSON paths.

export interface JsonSelector {
  readonly column: string
  /** `$."owner"."name"`. */
  readonly path: string
}

const pattern = /^\w+(?:->[\w\-[\]*]+)+$/

/** Undefined for any other expression. */
export function readJsonSelector(expression: string): JsonSelector | undefined {
  if (!pattern.test(expression)) return undefined
  const [column = '', ...steps] = expression.split('->')
  const path = steps.map(jsonStep).join('.')
  return { column, path: `$${path.startsWith('[') ? '' : '.'}${path}` }
}

/** `tags[0]` as `"tags"[0]`, `[0]` as it is. */
function jsonStep(step: string): string {
  const bracket = step.search(/(?:\[[^\]]+\])+$/)
  if (bracket === -1) return `"${step}"`
  return bracket === 0 ? step : `"${step.slice(0, bracket)}"${step.slice(bracket)}`
}
