import { describe, expect, it } from 'vitest'
import { changeState, orderOf, readQueriesState, writeQueriesState } from './queries-state.ts'

describe('the state of the queries page', () => {
  it.each([
    '',
    '?period=7d&view=recent&cache=miss&cursor=1700000000000-018bcfe5-6800-7000-8000-000000000000',
    '?order=p95&source=default&tenant=0123456789abcdef&status=failed&caller=embed&member=flights.count',
    '?view=frequent&chart=latency&offset=40&question=0123456789abcdef&live=1',
    '?record=018bcfe5-6800-7000-8000-000000000000',
  ])('is what the address says: %s', (search) => {
    expect(writeQueriesState(readQueriesState(search))).toBe(search)
  })

  it('leaves out what it does not understand', () => {
    expect(readQueriesState('?period=2y&view=x&order=rows&cache=L9&tenant=me&offset=-1&cursor=1&record=1')).toEqual(
      readQueriesState(''),
    )
  })

  it('starts at the first page after another choice, and stays there when a panel opens', () => {
    const state = readQueriesState('?order=p95&offset=40')
    expect(changeState(state, { filters: { cache: 'miss' } }).offset).toBe(0)
    expect(changeState(state, { question: '0123456789abcdef' })).toMatchObject({ offset: 40, order: 'p95' })
  })

  it('sorts another list by its own order', () => {
    const state = changeState(readQueriesState('?order=p95'), { view: 'frequent' })
    expect([orderOf(readQueriesState('')), orderOf(state)]).toEqual(['time', 'count'])
  })
})
