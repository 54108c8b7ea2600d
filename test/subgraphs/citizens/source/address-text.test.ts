import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  addressKey,
  isAt,
  isEnough,
  isExactlyAt,
  namesStreet,
  placeOf,
  readAddress,
} from '../../../../subgraphs/citizens/source/address-text.js';

const at = (asked: string, line: string) => isAt(placeOf(line), readAddress(asked));
const exactlyAt = (asked: string, line: string) => isExactlyAt(placeOf(line), readAddress(asked));

describe('an address is found however it is written', () => {
  test.each([
    ['Prøvebakken 12B', 'Prøvebakken 12B, st. th., 9996 Korsbæk'],
    ['Prøvebakken 12 B', 'Prøvebakken 12B, st. th., 9996 Korsbæk'],
    ['prøvebakken 12 b, stuen til højre', 'Prøvebakken 12B, st. th., 9996 Korsbæk'],
    ['proevebakken 12b stth', 'Prøvebakken 12B, st. th., 9996 Korsbæk'],
    ['Prøvebakken 12B st.th.', 'Prøvebakken 12 B st th 9996 Korsbæk'],
    ['Eventyrstræde 14B 1th', 'Eventyrstræde 14B, 1. th, 9996 Korsbæk'],
    ['Eventyrstræde 14B, 1. sal t.h.', 'Eventyrstræde 14B, 1. th, 9996 Korsbæk'],
    ['Eventyrstræde 14B, 1. sal til højre', 'Eventyrstræde 14B, 1. th, 9996 Korsbæk'],
    ['Eventyrstræde 14 B 2tv', 'Eventyrstræde 14B, 2. tv, 9996 Korsbæk'],
    ['Eventyrstræde 14B 2. venstre', 'Eventyrstræde 14B, 2. tv, 9996 Korsbæk'],
    ['Eventyrstræde 14B 3. midt for', 'Eventyrstræde 14B, 3. mf, 9996 Korsbæk'],
    ['Eventyrstræde 14B kælderen', 'Eventyrstræde 14B, kl, 9996 Korsbæk'],
    ['Eventyrstræde nr. 14', 'Eventyrstræde 14, 9996 Korsbæk'],
    ['Eventyrstræde 14, 9996 Korsbæk', 'Eventyrstræde 14, 2. tv, 9996 Korsbæk'],
    ['9996 Korsbæk Eventyrstræde', 'Eventyrstræde 14, 9996 Korsbæk'],
    ['14B Eventyrstræde', 'Eventyrstræde 14B, 9996 Korsbæk'],
    ['korsbæk', 'Eventyrstræde 14B, 9996 Korsbæk'],
    ['9996', 'Eventyrstræde 14B, 9996 Korsbæk'],
    ['eventyrstr', 'Eventyrstræde 14B, 9996 Korsbæk'],
    ['Eventyrstræde', 'Eventyrstræde 14B, 9996 Korsbæk'],
    ['Q.P. Vej 3', 'Q P Vej 3, 9996 Korsbæk'],
    ['QP Vej 3', 'Q.P. Vej 3, 9996 Korsbæk'],
    ['q. p. vej', 'QP Vej 3, 9996 Korsbæk'],
    ['H.C. Andersens Vej 1', 'HC Andersens Vej 1, 9996 Korsbæk'],
    ['h c andersensvej 1', 'H.C. Andersens Vej 1, 9996 Korsbæk'],
    ['Gammel Kongevej 7', 'Gl. Kongevej 7, 9996 Korsbæk'],
    ['Gl Kongevej 7', 'Gammel Kongevej 7, 9996 Korsbæk'],
    ['gamle kongevej', 'Gl. Kongevej 7, 9996 Korsbæk'],
    ['Gml. Kongevej 7', 'Gamle Kongevej 7, 9996 Korsbæk'],
    ['Nørre Allé 2', 'Nr. Alle 2, 9996 Korsbæk'],
    ['Sdr. Boulevard 2', 'Søndre Boulevard 2, 9996 Korsbæk'],
    ['Søndre Boulevard 2', 'Sdr. Blvd. 2, 9996 Korsbæk'],
    ['Store Kongensgade 2', 'St. Kongensgade 2, 9996 Korsbæk'],
    ['Sankt Annæ Plads 2', 'Skt. Annæ Pl. 2, 9996 Korsbæk'],
    ['St. Annæ Plads 2', 'Sankt Annæ Plads 2, 9996 Korsbæk'],
    ['Kgs. Nytorv', 'Kongens Nytorv 2, 9996 Korsbæk'],
    ['Kirke Vej 5', 'Kirkevej 5, 9996 Korsbæk'],
    ['Kirkevej 5', 'Kirke Vej 5, 9996 Korsbæk'],
    ['Anna’s Gade 5', 'Annas Gade 5, 9996 Korsbæk'],
    ['Rolf Krakes Vej 5', 'Rolf-Krakes-Vej 5, 9996 Korsbæk'],
    ['10. Februar Vej 5', '10. Februar Vej 5, 9996 Korsbæk'],
    ['Algade 5', 'c/o Hansen, Algade 5, 9996 Korsbæk'],
    ['Algade 5', 'Bygning 3, Algade 5, 9996 Korsbæk'],
    ['Tornebakken\u00a05', 'Torne\u00adbakken 5, 9996 Korsbæk'],
    ['Åboulevarden 5', 'Aaboulevarden 5, 9996 Korsbæk'],
    ['Nygade 5, København', 'Nygade 5, 2100 Kbh. Ø'],
  ])('%s: %s', (asked, line) => {
    expect(at(asked, line)).toBe(true);
  });
});

describe('another address is not found', () => {
  test.each([
    ['Eventyrstræde 2', 'Eventyrstræde 14, 2. tv, 9996 Korsbæk'],
    ['Eventyrstræde 14, 2. tv', 'Eventyrstræde 14, 1. tv, 2100 Korsbæk'],
    ['Eventyrstræde 14 th', 'Eventyrstræde 14, 1. tv, 9996 Thorsby'],
    ['Eventyrstræde 12B', 'Eventyrstræde 12, 9996 Korsbæk'],
    ['Eventyrstræde 12 B', 'Eventyrstræde 12A, 9996 Korsbæk'],
    ['Kirkevej 5, Mosekær', 'Kirke Vej 5, 9996 Korsbæk'],
    ['Nørre Allé 5', 'Nordre Allé 5, 9996 Korsbæk'],
    ['99', 'Eventyrstræde 99, 1000 Korsbæk'],
  ])('%s: not %s', (asked, line) => {
    expect(at(asked, line)).toBe(false);
  });
});

test('the very house number is distinguished from those that begin with it', () => {
  const asked = 'Eventyrstræde 2';
  expect(at(asked, 'Eventyrstræde 27, 9996 Korsbæk')).toBe(true);
  expect(exactlyAt(asked, 'Eventyrstræde 27, 9996 Korsbæk')).toBe(false);
  expect(exactlyAt(asked, 'Eventyrstræde 2, 1. th, 9996 Korsbæk')).toBe(true);
  expect(exactlyAt('Eventyrstræde', 'Eventyrstræde 2, 9996 Korsbæk')).toBe(false);
});

test('whoever is registered at the same address has the same key, however it is written', () => {
  const lines = ['Prøvebakken 12B, st. th., 9996 Korsbæk', 'Prøvebakken 12 B, st.th, 9996 Korsbæk'];
  expect(new Set(lines.map(addressKey)).size).toBe(1);
  const others = ['Prøvebakken 12B, st. tv., 9996 Korsbæk', 'Prøvebakken 12, st. th., 9996 Korsbæk'];
  for (const other of others) expect(addressKey(other)).not.toBe(addressKey(lines[0]!));
});

test('a street is distinguished from a name, and too little from enough', () => {
  expect(
    ['Eventyrstræde', 'Nygade', 'H C Andersens Vej'].map((text) => namesStreet(readAddress(text))),
  ).toEqual([true, true, true]);
  expect(['Astrid Tornvig', 'Kirkegaard'].map((text) => namesStreet(readAddress(text)))).toEqual([
    false,
    false,
  ]);
  expect(['x', '5', '18 A', '👵🏻'].map((text) => isEnough(readAddress(text)))).toEqual([
    false,
    false,
    false,
    false,
  ]);
  expect(['99', 'Ål', '9996'].map((text) => isEnough(readAddress(text)))).toEqual([true, true, true]);
});

test('an address is found by itself', () => {
  const street = fc.constantFrom('Algade', 'Gl. Kongevej', 'Q.P. Vej', 'Sct. Hans Gade', 'Åvej', 'Nr. Allé');
  const number = fc.tuple(fc.integer({ min: 1, max: 999 }), fc.constantFrom('', 'A', ' B', 'c'));
  const floor = fc.constantFrom('', ', 2. tv', ', st. th.', ' 3 mf', ', kl', ', 1. sal til højre', ' 2th');
  const town = fc.constantFrom('', ', 9996 Korsbæk', ' 2100 Kbh. Ø', ', Kgs. Lyngby');
  fc.assert(
    fc.property(street, number, floor, town, (name, [digits, letter], where, post) => {
      const line = `${name} ${digits}${letter}${where}${post}`;
      expect([line, exactlyAt(line, line)]).toEqual([line, true]);
    }),
  );
});
