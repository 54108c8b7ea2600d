import type { Line } from './content-lines.js';

/** What two contents say of the same thing, where they say otherwise. */
export interface ChangedLine {
  readonly name: string;
  /** Null where the one content says nothing of it. */
  readonly before: readonly string[] | null;
  readonly after: readonly string[] | null;
}

/** @returns the statements that differ, in the order of the later content, what is gone last. */
export function changedLines(before: readonly Line[], after: readonly Line[]): readonly ChangedLine[] {
  const old = new Map(before.map(({ name, values }) => [name, values]));
  const now = new Map(after.map(({ name, values }) => [name, values]));
  return [...new Set([...now.keys(), ...old.keys()])].flatMap((name) => {
    const [was, is] = [old.get(name) ?? null, now.get(name) ?? null];
    return isSame(was, is) ? [] : [{ name, before: was, after: is }];
  });
}

const isSame = (left: readonly string[] | null, right: readonly string[] | null): boolean =>
  JSON.stringify(left) === JSON.stringify(right);
