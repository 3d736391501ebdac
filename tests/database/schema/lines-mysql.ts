// Lines that MySQL and MariaDB have alike, but for what MariaDB always says otherwise.

import type { Lines } from './expectations.js'

export function both(...lines: readonly string[]): Pick<Lines, 'mysql' | 'mariadb'> {
  return { mysql: lines, mariadb: lines.map(onMariadb) }
}

/** The width of an integer in digits, as MySQL said it until 8.0.19. */
const widths = {
  tinyint: [4, 3],
  smallint: [6, 5],
  mediumint: [9, 8],
  int: [11, 10],
  bigint: [20, 20],
} as const

/** MariaDB shows the width of integers and years, and of a key that names no action it says RESTRICT. */
function onMariadb(line: string): string {
  if (line.startsWith('foreign')) return withActions(line)
  return line
    .replace(
      / (tinyint|smallint|mediumint|int|bigint)( unsigned)?(?= |$)/,
      (_, type: keyof typeof widths, unsigned = '') =>
        ` ${type}(${widths[type][unsigned === '' ? 0 : 1]})${unsigned}`,
    )
    .replace(/ year(?= |$)/, ' year(4)')
}

function withActions(line: string): string {
  const onDelete = / on delete [a-z ]+?(?= on update|$)/.exec(line)?.[0] ?? ' on delete restrict'
  const onUpdate = / on update [a-z ]+$/.exec(line)?.[0] ?? ' on update restrict'
  return `${line.replace(/ on (?:delete|update) .*$/, '')}${onDelete}${onUpdate}`
}
