// A limit on how long a statement may run. MySQL's own covers SELECT alone
// (https://dev.mysql.com/doc/refman/9.7/en/server-system-variables.html#sysvar_max_execution_time), and so the clock is kept
// here as well: when the time is up, the server is asked by another connection to give the statement up.

/** ER_QUERY_TIMEOUT, which MySQL itself gives for a SELECT. */
const timedOut = 3024

/** A little longer than the server's own limit, so that where there is one it comes first. */
const graceMs = 50

/**
 * @param limitMs 0 for no limit
 * @param cancel has the server give up what `run` has begun
 */
export async function withTimeLimit<T>(
  limitMs: number,
  run: () => Promise<T>,
  cancel: () => Promise<void>,
): Promise<T> {
  if (limitMs === 0) return await run()
  let isOver = false
  const timer = setTimeout(() => {
    isOver = true
    void cancel().catch(() => undefined)
  }, limitMs + graceMs)
  try {
    return await run()
  } catch (error) {
    throw isOver ? timeLimitError(limitMs, error) : error
  } finally {
    clearTimeout(timer)
  }
}

/** As the driver's errors are, so that it is explained like the server's own. */
function timeLimitError(limitMs: number, cause: unknown): Error {
  const message = `The statement took longer than its limit of ${limitMs / 1000} s and was given up`
  return Object.assign(new Error(message, { cause }), { errno: timedOut })
}
