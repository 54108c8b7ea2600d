import type { Collection } from 'mongodb';

/** A record as the store holds it. */
export interface Row {
  readonly _id: string;
  readonly [field: string]: unknown;
}

/** @returns a collection of one part's database. */
export type Collections = (part: string, name: string) => Collection<Row>;

/** Access facts of a record. */
export interface Access {
  readonly source: string;
  readonly kle: string | null;
  readonly sensitivity: number;
  readonly ownerCvr: string;
  readonly unit: string | null;
}

/** What codes stand for, by `kind:code`. */
export type Names = ReadonlyMap<string, Row>;

export const SENSITIVITIES = ['', 'NOT_CONFIDENTIAL', 'CONFIDENTIAL', 'SENSITIVE', 'SPECIALLY_PROTECTED'];

/** Names of areas, authorities, units and source systems, read once. */
export async function loadNames(of: Collections): Promise<Names> {
  const reference = await of('cases', 'reference').find({}).toArray();
  const systems = await of('access', 'systems').find({}).toArray();
  return new Map([
    ...reference.map((row) => [row._id, row] as const),
    ...systems.map((row) => [`system:${String(row['code'])}`, row] as const),
  ]);
}

export const accessOf = (row: Row): Access => row['access'] as Access;

export const kleOf = (number: string | null, names: Names) =>
  number === null ? null : { number, title: names.get(`kle:${number}`)?.['title'] };

export const systemOf = (code: string, names: Names) => ({
  code,
  name: names.get(`system:${code}`)?.['name'],
});

export const ownerOf = (cvr: string, names: Names) => ({
  cvr,
  name: names.get(`authority:${cvr}`)?.['name'],
});

export function unitOf(id: string | null, names: Names) {
  const unit = id === null ? undefined : names.get(`unit:${id}`);
  return unit ? { id, name: unit['name'], contact: unit['contact'] } : null;
}
