/** A model file as text. */
export interface ModelFile {
  readonly path: string
  readonly text: string
}

/**
 * Makes a model of many cubes, each a file of its own with half dimensions and half measures, joined in a chain and with
 * a row rule: about the shape of a large customer's model.
 */
export function makeModel(cubes: number, membersPerCube: number): ModelFile[] {
  return Array.from({ length: cubes }, (_, index) => ({
    path: `cube-${index}.yml`,
    text: makeCube(index, membersPerCube),
  }))
}

function makeCube(index: number, members: number): string {
  const dimensions = Array.from(
    { length: members / 2 - 2 },
    (_, at) =>
      `      - { name: d${at}, title: Dimension ${at}, sql: "{CUBE}.d${at}", type: ${at % 3 === 0 ? 'number' : 'string'} }`,
  )
  const measures = Array.from(
    { length: members / 2 },
    (_, at) =>
      `      - { name: m${at}, title: Measure ${at}, sql: "{CUBE}.m${at}", type: ${['sum', 'avg', 'max', 'count_distinct'][at % 4]} }`,
  )
  const join =
    index === 0
      ? ''
      : `
    joins:
      - { name: cube_${index - 1}, relationship: many_to_one, sql: "{CUBE}.parent = {cube_${index - 1}}.id" }`
  return `cubes:
  - name: cube_${index}
    sql_table: cube_${index}${join}
    dimensions:
      - { name: id, sql: "{CUBE}.id", type: number, primary_key: true }
      - { name: created, sql: "{CUBE}.created", type: time }
${dimensions.join('\n')}
    measures:
${measures.join('\n')}
    access_policy:
      - role: "*"
        row_level:
          filters:
            - { member: d1, operator: equals, values: ["{ securityContext.tenant }"] }
`
}
