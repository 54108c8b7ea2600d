import type { z } from 'zod';
import { ownValue } from '../names/own-value.js';

type Fields = Readonly<Record<string, z.ZodType>>;

/** Fields of a record as they are stored: as the shapes that check a delivery leave them. */
export type StoredFields<F extends Fields> = { readonly [K in keyof F]: Readonly<z.output<F[K]>> };

type Answers<F extends Fields> = {
  readonly [K in keyof F]: (record: Pick<StoredFields<F>, K>) => StoredFields<F>[K];
};

/** @returns of a delivered record what is stored as it came: the fields whose shapes are given. */
export function storedFields<F extends Fields>(record: StoredFields<F>, shapes: F): StoredFields<F> {
  const kept = new Set(Object.keys(shapes));
  // cast: Object.fromEntries forgets the names; they are those of the shapes
  return Object.fromEntries(Object.entries(record).filter(([name]) => kept.has(name))) as StoredFields<F>;
}

/**
 * @param but fields that the graph answers by another name or not at all
 * @returns resolvers that answer the other fields as they are stored
 */
export function answersOf<F extends Fields, B extends keyof F & string>(
  shapes: F,
  { but }: { readonly but: readonly B[] },
): Omit<Answers<F>, B> {
  const left = new Set<string>(but);
  const answers = Object.keys(shapes)
    .filter((name) => !left.has(name))
    .map((name) => [name, (record: Readonly<Record<string, unknown>>) => ownValue(record, name)] as const);
  // cast: Object.fromEntries forgets the names; they are those of the shapes but the ones left out
  return Object.fromEntries(answers) as unknown as Omit<Answers<F>, B>;
}
