import type { Member } from './model.ts'

/** Whether a member is a switch without a column: its values are those the model lists, whatever rows there are. */
export function isGivenSwitch(member: Member): boolean {
  return (
    member.kind === 'dimension' &&
    member.type === 'switch' &&
    member.caseOf === undefined &&
    member.sql.pieces.length === 0
  )
}
