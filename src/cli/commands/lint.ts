import { renamed } from '../command.js'
import { command as long } from './migrate-lint.js'

export const command = renamed(long, ['tidemark lint', 'tidemark lint --format=github'])
