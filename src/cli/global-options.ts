// The options that every command takes.

import { flag, list, text, waitingTime } from './options.js'

export const globalOptions = {
  connection: text('NAME', 'the connection to use, of those configured', { aliases: ['database'] }),
  config: text('PATH', 'a configuration file in another place'),
  path: list('DIR', 'take migrations from this folder or file instead'),
  realpath: flag('paths are absolute (they may always be)', { isHidden: true }),
  'lock-wait': waitingTime('TIME', 'how long to wait while another migrates (60s)'),
  env: text('NAME', 'the environment: .env.NAME is read over .env'),
  json: flag('print one JSON document and nothing else'),
  quiet: flag('print nothing but errors', { short: 'q' }),
  verbose: flag('print each statement, and stacks of errors', { short: 'v' }),
  'no-interaction': flag('never ask', { short: 'n' }),
  'no-color': flag('no colours (also NO_COLOR=1)'),
  help: flag('show this help', { short: 'h' }),
  version: flag('show the version', { short: 'V' }),
}
