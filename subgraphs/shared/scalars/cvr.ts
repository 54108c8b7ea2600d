/** Test municipalities: Korsbæk, the standard one (docs/field.md, Company numbers), and two of ours. All fail modulus 11 on purpose. */
const TEST_CVR_NUMBERS: ReadonlySet<string> = new Set(['12345678', '23456780', '34567892']);

const WEIGHTS = [2, 7, 6, 5, 4, 3, 2];

/**
 * @returns whether the text is a CVR number: eight digits with a right check digit, or a test municipality's number
 * (docs/field.md, Company numbers).
 */
export function isCvr(text: string): boolean {
  if (!/^\d{8}$/.test(text)) return false;
  if (TEST_CVR_NUMBERS.has(text)) return true;
  const remainder = WEIGHTS.reduce((sum, weight, i) => sum + weight * Number(text[i]), 0) % 11;
  return remainder !== 1 && (remainder === 0 ? 0 : 11 - remainder) === Number(text[7]);
}
