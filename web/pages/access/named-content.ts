/** A content as far as it names itself. */
interface Named {
  readonly mapping: { readonly name: string } | null;
  readonly agreement: { readonly name: string } | null;
  readonly jump: { readonly source: string } | null;
}

/** @returns what a content calls itself; null for the settings, of which there is one alone. */
export function nameOfContent(content: Named | null | undefined): string | null {
  return content?.mapping?.name ?? content?.agreement?.name ?? content?.jump?.source ?? null;
}
