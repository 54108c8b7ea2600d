import { z } from 'zod';

/** What the landing page reads: who it is, how each section goes, and the case that was asked for. */
export const LANDING_QUERY = `query Landing($id: ID!, $caseId: ID!, $withCase: Boolean!) {
  citizen(id: $id) {
    id
    name
    birthDate
    cases { outcome cases(first: 10) { totalCount edges { node { id caseNumber title state sourceSystem { name } } } } }
    documents { outcome }
    benefits { outcome }
    alerts { outcome }
    remarks { outcome remarks { id type text } }
  }
  noteHeadings
  case(id: $caseId) @include(if: $withCase) {
    id takesNotes caseNumber title state subStatus openedOn primaryHandler kle { number title }
    responsibleUnit { name } sourceSystem { name }
    parties { role citizen { id } }
  }
}`;

const maybe = <T extends z.ZodType>(shape: T) => shape.nullable();
const section = maybe(z.object({ outcome: z.string() }));

export const landingShape = z.object({
  citizen: maybe(
    z.object({
      id: z.string(),
      name: maybe(z.string()),
      birthDate: maybe(z.string()),
      cases: maybe(
        z.object({
          outcome: z.string(),
          cases: maybe(
            z.object({
              totalCount: maybe(z.number()),
              edges: z.array(
                z.object({
                  node: z.object({
                    id: z.string(),
                    caseNumber: maybe(z.string()),
                    title: maybe(z.string()),
                    state: maybe(z.string()),
                    sourceSystem: maybe(z.object({ name: z.string() })),
                  }),
                }),
              ),
            }),
          ),
        }),
      ),
      documents: section,
      benefits: section,
      alerts: section,
      remarks: maybe(
        z.object({
          outcome: z.string(),
          remarks: maybe(
            z.array(z.object({ id: z.string(), type: maybe(z.string()), text: maybe(z.string()) })),
          ),
        }),
      ),
    }),
  ),
  noteHeadings: maybe(z.array(z.string())),
  case: maybe(
    z.object({
      id: z.string(),
      caseNumber: maybe(z.string()),
      title: maybe(z.string()),
      takesNotes: maybe(z.boolean()),
      state: maybe(z.string()),
      subStatus: maybe(z.string()),
      openedOn: maybe(z.string()),
      primaryHandler: maybe(z.string()),
      kle: maybe(z.object({ number: z.string(), title: maybe(z.string()) })),
      responsibleUnit: maybe(z.object({ name: maybe(z.string()) })),
      sourceSystem: maybe(z.object({ name: z.string() })),
      parties: maybe(
        z.array(z.object({ role: maybe(z.string()), citizen: maybe(z.object({ id: z.string() })) })),
      ),
    }),
  ).optional(),
});

export type LandingAnswer = z.infer<typeof landingShape>;
