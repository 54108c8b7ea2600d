/** @returns why an import between two files (paths from the root) is forbidden, or undefined. */
export function forbiddenImport(from: string, to: string, typeOnly?: boolean): string | undefined;
