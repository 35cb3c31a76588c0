import { describe, expect, it } from 'vitest'
import { negotiateForm } from './negotiate-form.ts'

const CSV = { format: 'csv', dictionary: false, bom: false }
const JSON_FORM = { format: 'json', dictionary: false, bom: false }

describe('negotiateForm', () => {
  it.each([
    [undefined, JSON_FORM],
    ['', JSON_FORM],
    ['*/*', JSON_FORM],
    ['application/*', JSON_FORM],
    ['text/*', CSV],
    ['text/csv', CSV],
    ['TEXT/CSV; header=present', CSV],
    ['text/csv, */*', CSV],
    ['text/csv;q=0.5, application/json', JSON_FORM],
    ['text/csv;q=0.9, application/json; q=0.8', CSV],
    ['application/json;q=0, */*', { format: 'ndjson', dictionary: false, bom: false }],
    ['application/json; dictionary=1', { format: 'json', dictionary: true, bom: false }],
    ['*/*;dictionary=1', { format: 'json', dictionary: true, bom: false }],
    ['text/csv; bom=1', { format: 'csv', dictionary: false, bom: true }],
    ['application/vnd.apache.arrow.stream', { format: 'arrow', dictionary: false, bom: false }],
    ['application/x-ndjson, application/json', { format: 'ndjson', dictionary: false, bom: false }],
    ['text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8', JSON_FORM],
  ])('reads %j', (accept, form) => {
    expect(negotiateForm(accept)).toEqual(form)
  })

  it.each(['text/html', 'application/json;q=0', 'image/png, text/csv;q=0.0', 'text/csv;q=lots', '*/*;q=0'])(
    'refuses %j with the list of forms',
    (accept) => {
      expect(() => negotiateForm(accept)).toThrow(
        expect.objectContaining({ code: 'not_acceptable', hint: expect.stringContaining('text/csv') }),
      )
    },
  )
})
