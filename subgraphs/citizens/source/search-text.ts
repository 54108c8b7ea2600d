/** Danish letters as they are also written without a Danish keyboard; both spellings find each other. */
const FOLDED: Readonly<Record<string, string>> = { æ: 'ae', ä: 'ae', ø: 'oe', ö: 'oe', å: 'aa' };

/** @returns the text in lower case with Danish letters folded and accents removed. */
export function foldText(text: string): string {
  const danish = text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[æäøöå]/g, (letter) => FOLDED[letter]!);
  return danish.normalize('NFD').replace(/\p{M}/gu, '');
}

/** @returns the distinct folded words of a text. */
export function searchTokens(text: string): string[] {
  return [
    ...new Set(
      foldText(text)
        .split(/[^\p{L}\p{N}]+/u)
        .filter((token) => token !== ''),
    ),
  ];
}

/** @returns a store condition: some token of the field begins with this one. */
export function beginsWith(token: string): { $elemMatch: { $gte: string; $lt: string } } {
  return { $elemMatch: { $gte: token, $lt: `${token}\uffff` } };
}
