/** A model file as text. */
export interface ModelFile {
  readonly path: string
  readonly text: string
}

/** Cubes for each view. */
const CUBES_PER_VIEW = 4

/**
 * Makes a model of many cubes, each a file of its own with half dimensions and half measures, joined in a chain and with
 * row rules, conditions and masks; and for every fourth cube a view of it and the cube it joins, with policies of its own: about
 * the shape of a large customer's model.
 */
export function makeModel(cubes: number, membersPerCube: number): ModelFile[] {
  const files = Array.from({ length: cubes }, (_, index) => ({
    path: `cube-${index}.yml`,
    text: makeCube(index, membersPerCube),
  }))
  const views = Array.from({ length: Math.floor(cubes / CUBES_PER_VIEW) }, (_, index) => ({
    path: `view-${index}.yml`,
    text: makeView(index * CUBES_PER_VIEW + 1),
  }))
  return [...files, ...views]
}

function makeView(root: number): string {
  return `views:
  - name: view_${root}
    title: { en: View ${root}, de: Sicht ${root} }
    cubes:
      - { join_path: cube_${root}, includes: "*" }
      - join_path: cube_${root}.cube_${root - 1}
        prefix: true
        includes: [d1, d2, m0, { name: m1, alias: parent_total, title: Parent total }]
    folders:
      - { name: Measures, includes: [m0, m1, cube_${root - 1}_m0] }
    access_policy:
      - group: analyst
        member_level: { includes: "*" }
      - group: "*"
        conditions: [{ if: "{ securityContext.active }" }]
        member_level: { excludes: [m2] }
        row_level:
          filters:
            - { member: d2, operator: equals, values: ["{ securityContext.team }"] }
`
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
      - groups: [auditor, support]
        conditions: [{ if: "{ securityContext.clearance >= 2 }" }]
        member_level: { includes: [id, m0] }
        member_masking: { includes: "*" }
`
}
