import { expect, it } from 'vitest'
import { DriverFault } from './driver-fault.ts'

const coded = (message: string, code: string) => Object.assign(new Error(message), { code })

it.each([
  [coded('column "gone" does not exist', '42703'), 'column "gone" does not exist (42703)'],
  [coded('invalid input syntax for type integer: "hunter2"', '22P02'), 'Error 22P02'],
  [coded('connect ECONNREFUSED 10.0.0.1:5432', 'ECONNREFUSED'), 'connect ECONNREFUSED 10.0.0.1:5432 (ECONNREFUSED)'],
  [
    new Error('Binder Error: Referenced column "gone" not found\nLINE 1: select gone'),
    'Binder Error: Referenced column "gone" not found',
  ],
  [new Error("Conversion Error: Could not convert string 'hunter2' to INT32"), 'Conversion Error'],
  [new Error('hunter2'), 'Error'],
  ['hunter2', 'string'],
])('says of %s no more than may be logged', (error, message) => {
  const fault = new DriverFault(error)
  expect(fault.message).toBe(message)
  expect(fault.cause).toBeUndefined()
})
