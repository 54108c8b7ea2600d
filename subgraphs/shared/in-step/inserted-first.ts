/** MongoDB's code for a key that is taken. */
const DUPLICATE_KEY = 11000;

/** Runs an insert. @returns false when somebody else has inserted the same first; any other failure is thrown */
export async function insertedFirst(insert: () => Promise<unknown>): Promise<boolean> {
  try {
    await insert();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === DUPLICATE_KEY) return false;
    throw error;
  }
}
