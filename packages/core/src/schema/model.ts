import { type Static, Type } from '@sinclair/typebox'
import { AccessPolicySource, PolicyCondition } from './access-policy.ts'
import { Description, Identifier, MAX_NAME_LENGTH } from './common.ts'
import { CubeSource } from './cube.ts'
import { MeasureSource } from './measure.ts'
import { CLOSED, DESCRIPTION, LocalTitle, MemberPaths, PRESENTATION } from './model-parts.ts'

/** A member taken into a view, perhaps under another name. */
const ViewInclude = Type.Union([
  Identifier,
  Type.Object({ ...DESCRIPTION, ...PRESENTATION, alias: Type.Optional(Identifier) }, CLOSED),
])

/** Members of one cube that a view shows. `join_path` names the cubes on the way from the view's root: `orders.customers`. */
const ViewCubeSource = Type.Object(
  {
    join_path: Type.String({ minLength: 1, maxLength: 16 * (MAX_NAME_LENGTH + 1) }),
    includes: Type.Union([Type.Literal('*'), Type.Array(ViewInclude, { maxItems: 1_000 })]),
    excludes: Type.Optional(Type.Array(Identifier, { maxItems: 1_000 })),
    prefix: Type.Optional(Type.Boolean({ description: 'Whether names start with the cube’s: users_city.' })),
    alias: Type.Optional(Identifier),
  },
  { ...CLOSED, description: 'Members of one cube that a view shows.' },
)
export type ViewCubeSource = Static<typeof ViewCubeSource>

/** A group of a view's members in lists: names, other folders, or all members of a join path. */
export type FolderSource = {
  name: string
  title?: LocalTitle
  includes: '*' | (string | FolderSource | { join_path: string })[]
}
export const FolderSource = Type.Recursive(
  (self) =>
    Type.Object(
      {
        name: Type.String({ minLength: 1, maxLength: 200 }),
        title: Type.Optional(LocalTitle),
        includes: Type.Union([
          Type.Literal('*'),
          Type.Array(
            Type.Union([
              Identifier,
              self,
              Type.Object({ join_path: Type.String({ minLength: 1, maxLength: 2_000 }) }, CLOSED),
            ]),
            { maxItems: 1_000 },
          ),
        ]),
      },
      CLOSED,
    ),
  { $id: 'FolderSource' },
)

/** A condition of a view, unless the query has one of its own on the members listed. */
const DefaultFilterSource = Type.Object(
  { ...PolicyCondition.properties, unless: Type.Optional(MemberPaths) },
  { ...CLOSED, description: 'A condition of queries through the view; released by conditions on members in unless.' },
)

/** Members of several cubes under one name. */
export const ViewSource = Type.Object(
  {
    ...DESCRIPTION,
    extends: Type.Optional(Type.String({ minLength: 1, maxLength: MAX_NAME_LENGTH + 2 })),
    view_group: Type.Optional(Identifier),
    view_groups: Type.Optional(Type.Array(Identifier, { maxItems: 50 })),
    cubes: Type.Optional(Type.Array(ViewCubeSource, { maxItems: 200 })),
    measures: Type.Optional(
      Type.Array(MeasureSource, { maxItems: 1_000, description: 'Computed of measures that the view has.' }),
    ),
    folders: Type.Optional(Type.Array(FolderSource, { maxItems: 200 })),
    default_filters: Type.Optional(Type.Array(DefaultFilterSource, { maxItems: 50 })),
    access_policy: Type.Optional(Type.Array(AccessPolicySource, { maxItems: 100 })),
  },
  { ...CLOSED, description: 'Members of several cubes under one name.' },
)
export type ViewSource = Static<typeof ViewSource>

/** A collection of views in lists. */
export const ViewGroupSource = Type.Object(
  {
    name: Identifier,
    title: Type.Optional(LocalTitle),
    description: Type.Optional(Description),
    views: Type.Optional(Type.Array(Identifier, { maxItems: 1_000 })),
  },
  { ...CLOSED, description: 'A collection of views in lists.' },
)
export type ViewGroupSource = Static<typeof ViewGroupSource>

/** One model file as its author writes it, in YAML or JSON. The keys are those of Cube's data model. */
export const ModelSource = Type.Object(
  {
    cubes: Type.Optional(Type.Array(CubeSource, { maxItems: 5_000 })),
    views: Type.Optional(Type.Array(ViewSource, { maxItems: 5_000 })),
    view_groups: Type.Optional(Type.Array(ViewGroupSource, { maxItems: 500 })),
  },
  CLOSED,
)
export type ModelSource = Static<typeof ModelSource>
