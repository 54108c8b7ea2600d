/** What stands between digits and tells nothing: dashes, dots, spaces, brackets, quotes and what is not seen. */
const BETWEEN =
  /[\p{Dash_Punctuation}\u2212\p{Separator}\p{Control}\p{Format}\p{Default_Ignorable_Code_Point}\p{Mark}\u2800\ufffc.․·•‧∙,:;'"’“”()[\]<>_#]/gu;

/** More than anybody writes around a number. */
const MAX_LENGTH = 64;

/** @returns the letters, digits and slashes of a text in lower case, nothing between them; undefined for a long text. */
export function withoutPunctuation(text: string): string | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  return text.normalize('NFKC').toLowerCase().replace(BETWEEN, '');
}
