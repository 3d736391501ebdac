import { renamed } from '../command.js'
import { command as long } from './migrate-status.js'

export const command = renamed(long, ['tidemark db:status', 'tidemark db:status --pending'])
