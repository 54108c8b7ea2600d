/** The MONGODB_URI that tests were given; undefined when each has an embedded store of its own. */
export const OUTSIDE_STORE: string | undefined;
/** Beginnings of paths, and why. */
export const NOT_OUTSIDE: readonly (readonly [path: string, why: string])[];
