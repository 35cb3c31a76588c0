#!/usr/bin/env node
import { runCommand } from './cli/run-command.ts'
import { readModelFiles } from './models/read-model-files.ts'

const [command, ...args] = process.argv.slice(2)
if (command === undefined || command === 'start') await import('./main.ts')
else {
  process.exitCode = await runCommand(command, args, {
    env: process.env,
    readModelFiles,
    print: (text) => process.stdout.write(text),
    complain: (text) => process.stderr.write(text),
  })
}
