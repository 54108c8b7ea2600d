import { present } from '../subgraphs/shared/certain/present.js';
import { birthDateOfCpr, satisfiesModulus11 } from '../subgraphs/shared/scalars/cpr.js';

const EPOCH = Date.UTC(1900, 0, 1);
const DAY_MS = 86_400_000;
const DAYS = Math.ceil((Date.UTC(2058, 0, 1) - EPOCH) / DAY_MS);

/**
 * Personal numbers that cannot belong to anyone: valid dates, failing modulus 11, nobody born on 1 January. No such
 * number has been issued so far (docs/field.md, Personal numbers). Memory is one counter per day, whatever the number of persons.
 */
export class CprNumbers {
  readonly #next = new Uint16Array(DAYS);

  /** @returns an unused number of someone born on a day that is not 1 January. */
  issue(birthDate: string, sex: 'FEMALE' | 'MALE'): string {
    return this.#issue(birthDate, sex, 0);
  }

  /**
   * @returns an unused replacement number: day plus 60, encoding a birth year 2037 to 2057 that no one has yet. The real
   * birth date stands in a field of its own.
   */
  issueReplacement(encodedDate: string, sex: 'FEMALE' | 'MALE'): string {
    return this.#issue(encodedDate, sex, 60);
  }

  #issue(date: string, sex: 'FEMALE' | 'MALE', dayOffset: number): string {
    if (date.endsWith('-01-01')) throw new Error('nobody is born on 1 January here');
    const [year = '', month = '', day = ''] = date.split('-');
    const head = `${String(Number(day) + dayOffset).padStart(2, '0')}${month}${year.slice(2)}`;
    const index = (Date.parse(`${date}T00:00:00Z`) - EPOCH) / DAY_MS;
    for (let next = present(this.#next[index], 'the next number of a day'); next < 10_000;) {
      const cpr = head + String(next++).padStart(4, '0');
      this.#next[index] = next;
      const fits = (Number(cpr[9]) % 2 === 0) === (sex === 'FEMALE');
      if (fits && !satisfiesModulus11(cpr) && birthDateOfCpr(cpr) === date) return cpr;
    }
    throw new Error(`no numbers left for ${date}`);
  }
}
