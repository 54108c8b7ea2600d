/** A person of a drawing. */
export interface Drawn {
  readonly key: string;
  readonly label: string;
  /** The person the page is about. */
  readonly isSelf: boolean;
}

/** A person with a place, in the drawing's own units; `x` and `y` are the middle of the box. */
export interface Placed extends Drawn {
  readonly x: number;
  readonly y: number;
}

export interface Layout {
  readonly persons: readonly Placed[];
  readonly width: number;
  readonly height: number;
}

export const BOX = { width: 150, height: 40 } as const;
const GAP = { x: 16, y: 36 } as const;

/** @returns persons in rows, each row in the middle; empty rows take no room. */
export function layOut(rows: readonly (readonly Drawn[])[]): Layout {
  const filled = rows.filter((row) => row.length > 0);
  const widest = Math.max(1, ...filled.map((row) => row.length));
  const width = widest * BOX.width + (widest - 1) * GAP.x;
  const persons = filled.flatMap((row, i) => {
    const taken = row.length * BOX.width + (row.length - 1) * GAP.x;
    const left = (width - taken) / 2 + BOX.width / 2;
    return row.map((person, j) => ({
      ...person,
      x: left + j * (BOX.width + GAP.x),
      y: i * (BOX.height + GAP.y) + BOX.height / 2,
    }));
  });
  return { persons, width, height: filled.length * BOX.height + (filled.length - 1) * GAP.y };
}

const MOST_LETTERS = 20;

/** @returns a name that fits a box. */
export function fitting(name: string): string {
  return name.length <= MOST_LETTERS ? name : `${name.slice(0, MOST_LETTERS - 1)}…`;
}

/** @returns a list in rows of so many. */
export function inRows<T>(all: readonly T[], most: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / most) }, (_, i) => all.slice(i * most, (i + 1) * most));
}
