/** The package comes without types; this is what we use of it. */
declare module 'fs-native-extensions' {
  /**
   * Locks an open file for this process alone. The lock belongs to the open file: it ends when the file is closed, by us or by the
   * end of the process.
   * @param fd a file that is open for writing
   * @returns false when another open file holds the lock, in this process or in another
   */
  export function tryLock(fd: number): boolean;
}
