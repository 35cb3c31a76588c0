import { describe, expect, it } from 'vitest'
import { contentDisposition } from './content-disposition.ts'

describe('contentDisposition', () => {
  it.each([
    ['flights.csv', 'attachment; filename="flights.csv"'],
    [
      'Départs à l’heure.csv',
      `attachment; filename="D_parts _ l_heure.csv"; filename*=UTF-8''D%C3%A9parts%20%C3%A0%20l%E2%80%99heure.csv`,
    ],
    ['a\r\nSet-Cookie: x=1.csv', 'attachment; filename="aSet-Cookie_ x=1.csv"'],
    ['a"; filename="b.exe', 'attachment; filename="a__ filename=_b.exe"'],
    ['../../etc/passwd', 'attachment; filename="_.._etc_passwd"'],
    ['..\\..\\x.csv', 'attachment; filename="_.._x.csv"'],
    ['report\u202egpj.csv', 'attachment; filename="reportgpj.csv"'],
    ['=cmd.csv', 'attachment; filename="cmd.csv"'],
    ['CON.csv', 'attachment; filename="_CON.csv"'],
    ['.csv', 'attachment; filename="csv"'],
    ['', 'attachment; filename="result"'],
    ['%2e%2e%2fx.csv', 'attachment; filename="_2e_2e_2fx.csv"'],
    ['bad\ud800.csv', 'attachment; filename="bad.csv"'],
  ])('FIL-08: writes %j safely', (name, header) => {
    expect(contentDisposition(name)).toBe(header)
  })

  it('FIL-08: cuts long names, not their ending', () => {
    expect(contentDisposition(`${'x'.repeat(300)}.csv`)).toBe(`attachment; filename="${'x'.repeat(100)}.csv"`)
  })
})
