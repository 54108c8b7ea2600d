/** @returns the case number as it is compared: lower case, no spaces (free text, no common format). */
export function caseNumberKey(caseNumber: string): string {
  return caseNumber.toLowerCase().replace(/\s+/g, '');
}
