import type { SourceFragment } from '../../generated/operations.js';
import type { Part } from './person-rows.js';

/** A record that says which system it is from. */
export interface Sourced {
  readonly sourceSystem: { readonly code: string } | null;
}

interface Sectioned {
  readonly sources: readonly SourceFragment[];
}

/**
 * @param rows what is shown of a section
 * @returns sources whose records may be missing, and those that are old where something of them is shown
 */
export function behindFor(
  sources: readonly SourceFragment[],
  rows: readonly Sourced[],
): readonly SourceFragment[] {
  const shown = new Set(rows.map(({ sourceSystem }) => sourceSystem?.code));
  return sources.filter(
    ({ state, sourceSystem: { code } }) => state === 'MISSING' || (state === 'STALE' && shown.has(code)),
  );
}

/** How fresh all the sources of a person's page are, each named once. */
export interface SourceSum {
  /** Sources that deliver to this page, by name. */
  readonly all: readonly SourceFragment[];
  /** Of those, the ones whose records are missing or old. */
  readonly behind: readonly SourceFragment[];
}

const DELIVERS: readonly SourceFragment['state'][] = ['CURRENT', 'STALE', 'MISSING'];

/**
 * @param parts the sections that have come, each with what is shown of it
 * @returns their sources; one that several sections have is behind when it is in any of them
 */
export function sumSources(
  parts: readonly { readonly section: Sectioned | null | undefined; readonly rows?: readonly Sourced[] }[],
): SourceSum {
  const all = new Map<string, SourceFragment>();
  const behind = new Map<string, SourceFragment>();
  for (const { section, rows = [] } of parts) {
    const sources = section?.sources ?? [];
    for (const source of sources)
      if (DELIVERS.includes(source.state)) all.set(source.sourceSystem.code, source);
    for (const source of behindFor(sources, rows)) behind.set(source.sourceSystem.code, source);
  }
  const byName = (sources: Map<string, SourceFragment>) =>
    [...sources.values()].sort((a, b) => a.sourceSystem.name.localeCompare(b.sourceSystem.name, 'da'));
  return { all: byName(new Map([...all, ...behind])), behind: byName(behind) };
}

/**
 * @param list a section's list, as far as it has been fetched
 * @returns whether that is all there is: no page is left, and no source is missing or waits for a purpose
 */
export const isWhole = (list: {
  readonly section: Sectioned | null | undefined;
  readonly more: (() => void) | undefined;
}): boolean =>
  list.more === undefined &&
  (list.section?.sources ?? []).every(({ state }) => state !== 'MISSING' && state !== 'PURPOSE_REQUIRED');

/** @returns whether none of the sections is still to come. */
export const haveCome = (parts: readonly Part<unknown>[]): boolean =>
  parts.every(({ fetching }) => !fetching);
