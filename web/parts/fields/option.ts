/** A value and its text. */
export type Option = readonly [value: string, text: string];
