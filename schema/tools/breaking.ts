import { buildASTSchema, findBreakingChanges, parse, Kind, type DocumentNode } from 'graphql';

/** Rules by `Type.field`: a permission, or undefined for a public field. */
function rulesOf(document: DocumentNode): Map<string, string | undefined> {
  const rules = new Map<string, string | undefined>();
  for (const type of document.definitions) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    for (const field of type.fields ?? []) {
      const guard = field.directives?.find((directive) => directive.name.value === 'guard');
      const value = guard?.arguments?.[0]?.value;
      const permission = value?.kind === Kind.STRING ? value.value : undefined;
      rules.set(`${type.name.value}.${field.name.value}`, permission);
    }
  }
  return rules;
}

/**
 * What a new supergraph would break for those who use the released one. A rule lost or changed counts as a break: a
 * field must not become easier to read without a decision.
 * @returns one sentence per break
 */
export function breaksBetween(released: string, current: string): string[] {
  const [before, after] = [parse(released), parse(current)];
  const build = (document: DocumentNode) => buildASTSchema(document, { assumeValidSDL: true });
  const changes = findBreakingChanges(build(before), build(after))
    .map((change) => change.description)
    .filter((description) => !/\bjoin__|\blink__/.test(description));
  const now = rulesOf(after);
  const loosened = [...rulesOf(before)].flatMap(([field, permission]) => {
    if (permission === undefined || !now.has(field) || now.get(field) === permission) return [];
    return [`The rule of ${field} was ${permission} and is now ${now.get(field) ?? 'public'}.`];
  });
  return [...changes, ...loosened];
}
