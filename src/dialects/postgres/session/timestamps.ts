// Timestamps as PostgreSQL writes them (DateStyle ISO) as `Date`. A column without a zone holds UTC.

const pattern =
  /^(\d{4,})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:([+-])(\d\d)(?::(\d\d))?(?::(\d\d))?)?( BC)?$/

/**
 * Microseconds are cut to milliseconds. What no Date can hold stays the server's text: `infinity`, `-infinity`, and years
 * beyond 275760.
 */
export function readTimestamp(text: string): Date | string {
  const found = pattern.exec(text)
  if (found === null) return text
  const [, year, month, day, hour, minute, second, fraction = '', sign, ...zoneAndEra] = found
  const [zoneHour, zoneMinute, zoneSecond, era] = zoneAndEra
  const date = new Date(0)
  // Date.UTC takes years below 100 for those of the twentieth century.
  date.setUTCFullYear(era === undefined ? Number(year) : 1 - Number(year), Number(month) - 1, Number(day))
  date.setUTCHours(Number(hour), Number(minute), Number(second), Number(fraction.slice(0, 3).padEnd(3, '0')))
  const offset = Number(zoneHour ?? 0) * 3600 + Number(zoneMinute ?? 0) * 60 + Number(zoneSecond ?? 0)
  date.setTime(date.getTime() - (sign === '-' ? -offset : offset) * 1000)
  return Number.isNaN(date.getTime()) ? text : date
}
