import { FJORDBY, KORSBAEK, MOSEKAER, unitId } from '../authorities.js';
import { urn } from '../world/person.js';
import { StoryBuilder, type StoryPerson } from './builder.js';

/** A hand-written citizen that shows one rule. */
export interface Story extends StoryPerson {
  readonly slug: string;
  readonly shows: string;
  readonly tell: (story: StoryBuilder) => void;
}

/** UDK systems whose messages reach the municipality. */
const UDK_SYSTEMS = ['UDK_FAMILIE', 'UDK_BARSEL', 'UDK_BOLIG', 'UDK_PENSION', 'UDK_SAL'] as const;

/** The stories, in the order of the directory. The first has no tie to any other authority. */
export const STORIES: readonly Story[] = [
  {
    slug: 'sickness-benefit',
    shows: 'A plain sickness-benefit case in KSD with documents, a grant and its payments.',
    given: 'Astrid',
    surname: 'Tornvig',
    sex: 'FEMALE',
    years: 41,
    tell: (s) => {
      const made = s.wholeCase('KSD', { kle: '32.30.04' });
      s.document(made, { title: 'Oplysningsskema fra Mit Sygefravær' });
      s.grant('KSD', { kle: '32.30.04', behind: made });
    },
  },
  {
    slug: 'every-system',
    shows: 'Records in every source system; a benefit caseworker sees the benefit areas only.',
    given: 'Bertram',
    surname: 'Gammelgyde',
    sex: 'MALE',
    years: 52,
    tell: (s) => {
      s.grant('KSD', { kle: '32.30.04', behind: s.wholeCase('KSD', { kle: '32.30.04' }) });
      s.grant('KY', { kle: '32.24.04', behind: s.wholeCase('KY', { kle: '32.24.04' }) });
      s.grant('KP', { kle: '32.03.12', behind: s.wholeCase('KP', { kle: '32.03.12' }) });
      s.wholeCase('KMD_SAG', { kle: '32.21.12' });
      s.wholeCase('SBSYS', { kle: '32.24.05' });
      s.wholeCase('JOBCENTER', { kle: '32.27.00' });
      s.wholeCase('DUBU', { kle: '27.12.00', sensitivity: 3 });
      s.wholeCase('EOJ', { kle: '27.36.00', sensitivity: 3 });
      for (const code of UDK_SYSTEMS) s.grantAlert(s.grant(code)[0]);
      s.remark('OBS Tolk', 'Der er behov for tolk.');
    },
  },
  {
    slug: 'cash-benefit-family',
    shows: 'A parent on cash benefit with a child: family and household.',
    given: 'Cathrine',
    surname: 'Rosenbækdal',
    sex: 'FEMALE',
    years: 34,
    tell: (s) => {
      const child = new StoryBuilder(s.world, s.number, {
        given: 'Dagmar',
        surname: 'Rosenbækdal',
        sex: 'FEMALE',
        years: 7,
      }).person;
      Object.assign(s.person, { relations: [{ relation: 'CHILD', person: urn(child.cpr) }] });
      s.also({ ...child, relations: [{ relation: 'PARENT', person: urn(s.person.cpr) }] });
      s.grant('KY', { behind: s.wholeCase('KY', { kle: '32.24.04' }), kle: '32.24.04' });
      s.grant('UDK_FAMILIE');
    },
  },
  {
    slug: 'child-at-risk',
    shows: 'A sensitive DUBU case: shown to the family adviser, hidden from the benefit caseworker.',
    given: 'Elvira',
    surname: 'Skovlygte',
    sex: 'FEMALE',
    years: 9,
    tell: (s) => {
      const made = s.wholeCase('DUBU', {
        kle: '27.12.00',
        sensitivity: 3,
        title: 'Børnefaglig undersøgelse',
      });
      s.document(made, { title: 'Underretning', sensitivity: 3 });
    },
  },
  {
    slug: 'elder-care',
    shows: 'Care records in the EOJ, whose last delivery is stale.',
    given: 'Folmer',
    surname: 'Havrekjær',
    sex: 'MALE',
    years: 84,
    tell: (s) => {
      s.wholeCase('EOJ', { kle: '27.36.00', sensitivity: 3 });
      s.grant('KP', { kle: '32.03.12', behind: s.wholeCase('KP', { kle: '32.03.12' }) });
    },
  },
  {
    slug: 'protected-address',
    shows:
      'A protected address: shown directly to some roles, behind a logged step to others, never found by search.',
    given: 'Gerda',
    surname: 'Stilledam',
    sex: 'FEMALE',
    years: 38,
    more: () => ({ protectedAddress: true }),
    tell: (s) => void s.wholeCase('KY', { kle: '32.24.04' }),
  },
  {
    slug: 'changed-number',
    shows: 'A changed personal number; the former one finds the same person.',
    given: 'Halfdan',
    surname: 'Nyborgsund',
    sex: 'MALE',
    years: 29,
    more: ({ world }) => ({ formerCprs: [world.issueCpr('1995-05-17', 'MALE')] }),
    tell: (s) => void s.wholeCase('KSD', { kle: '32.30.04' }),
  },
  {
    slug: 'replacement-number',
    shows: 'An administrative replacement number; the birth date stands in a field of its own.',
    given: 'Ingrid',
    surname: 'Fjernsted',
    sex: 'FEMALE',
    years: 31,
    tell: (s) => void s.wholeCase('SBSYS', { kle: '32.21.20' }),
  },
  {
    slug: 'dead',
    shows: 'A dead person, marked at once; the pension ended.',
    given: 'Jeppe',
    surname: 'Aftenrød',
    sex: 'MALE',
    years: 91,
    more: (s) => ({ status: 'DEAD', statusSince: s.daysAgo(40) }),
    tell: (s) => s.grantAlert(s.grant('UDK_PENSION', { monthsBack: 20, endedMonthsBack: 1 })[0]),
  },
  {
    slug: 'emigrated',
    shows: 'A person who moved abroad: no current address.',
    given: 'Kaja',
    surname: 'Udsejler',
    sex: 'FEMALE',
    years: 45,
    more: (s) => ({
      status: 'EMIGRATED',
      statusSince: s.daysAgo(100),
      addresses: [s.address(KORSBAEK, s.daysAgo(3000), s.daysAgo(100))],
    }),
    tell: (s) => void s.wholeCase('KMD_SAG', { kle: '32.21.24', closed: true }),
  },
  {
    slug: 'missing',
    shows: 'A person reported missing.',
    given: 'Ludvig',
    surname: 'Tågehorn',
    sex: 'MALE',
    years: 58,
    more: (s) => ({ status: 'MISSING', statusSince: s.daysAgo(12) }),
    tell: () => undefined,
  },
  {
    slug: 'moved-away',
    shows: 'Lived in Korsbæk, lives in Mosekær: within reach of both.',
    given: 'Margrethe',
    surname: 'Flyttergaard',
    sex: 'FEMALE',
    years: 36,
    more: (s) => ({
      addresses: [s.address(MOSEKAER, s.daysAgo(300)), s.address(KORSBAEK, s.daysAgo(4000), s.daysAgo(300))],
    }),
    tell: (s) => {
      s.case('KY', { kle: '32.24.04', ownerCvr: MOSEKAER, daysAgo: 250 });
      s.case('KY', { kle: '32.24.04', daysAgo: 900, closed: true });
    },
  },
  {
    slug: 'case-elsewhere',
    shows: 'Lives in Fjordby, has a case in Korsbæk: within Korsbæk’s reach through that case only.',
    given: 'Nikoline',
    surname: 'Pendlerup',
    sex: 'FEMALE',
    years: 40,
    more: (s) => ({ addresses: [s.address(FJORDBY, s.daysAgo(3000))] }),
    tell: (s) => void s.wholeCase('KSD', { kle: '32.30.04' }),
  },
  {
    slug: 'stranger',
    shows:
      'Lives in Fjordby and has nothing in Korsbæk: does not exist for Korsbæk without the national right.',
    given: 'Oluf',
    surname: 'Fjerntliggende',
    sex: 'MALE',
    years: 47,
    more: (s) => ({ addresses: [s.address(FJORDBY, s.daysAgo(3000))] }),
    tell: (s) => void s.case('KY', { kle: '32.24.04', ownerCvr: FJORDBY }),
  },
  {
    slug: 'specially-protected',
    shows: 'A specially protected case: shown to the cleared only.',
    given: 'Petrine',
    surname: 'Lukkeport',
    sex: 'FEMALE',
    years: 50,
    tell: (s) => {
      s.wholeCase('KSD', { kle: '32.30.04', sensitivity: 4 });
      s.wholeCase('KSD', { kle: '32.30.04', daysAgo: 500 });
    },
  },
  {
    slug: 'security-profile',
    shows: 'A case reserved for one unit by its security profile.',
    given: 'Rigmor',
    surname: 'Nøglebund',
    sex: 'FEMALE',
    years: 44,
    tell: (s) => {
      s.case('KY', {
        kle: '32.24.04',
        more: { profile: [unitId(KORSBAEK, 'benefits')] },
        title: 'Forbeholdt Ydelsescentret',
      });
      s.case('KY', {
        kle: '32.24.12',
        more: { profile: [unitId(KORSBAEK, 'family')] },
        title: 'Forbeholdt en anden enhed',
      });
    },
  },
  {
    slug: 'display-class',
    shows: 'A case whose display class keeps it from caseworkers.',
    given: 'Sigvald',
    surname: 'Mørkedal',
    sex: 'MALE',
    years: 39,
    tell: (s) => void s.case('KY', { kle: '32.24.04', more: { hiddenFrom: ['caseworker'] } }),
  },
  {
    slug: 'sensitive-document',
    shows: 'A document more sensitive than its case: the case is shown, the document is not.',
    given: 'Tove',
    surname: 'Brevkasse',
    sex: 'FEMALE',
    years: 33,
    tell: (s) => {
      const made = s.case('KSD', { kle: '32.30.04' });
      s.document(made, { title: 'Kvittering' });
      s.document(made, { title: 'Speciallægeerklæring', sensitivity: 3 });
    },
  },
  {
    slug: 'document-without-case',
    shows: 'Documents without a case: their own owner, area and sensitivity decide.',
    given: 'Ulrik',
    surname: 'Løsblad',
    sex: 'MALE',
    years: 61,
    tell: (s) => {
      const like = s.case('SBSYS', { kle: '32.21.20' });
      s.document(like, { caseIds: [], title: 'Henvendelse uden sag' });
      s.document(like, { caseIds: [], title: 'Flytteanmeldelse', kle: '23.05.10' });
    },
  },
  {
    slug: 'document-on-two-cases',
    shows: 'A document on a visible and a hidden case: shown, but only the visible case is named.',
    given: 'Viola',
    surname: 'Dobbeltmappe',
    sex: 'FEMALE',
    years: 27,
    tell: (s) => {
      const open = s.case('SBSYS', { kle: '32.24.05' });
      const hidden = s.case('DUBU', { kle: '27.12.00', sensitivity: 3 });
      s.document(open, { caseIds: [open.id, hidden.id], title: 'Fælles handleplan' });
    },
  },
  {
    slug: 'hidden-benefit-line',
    shows:
      'A grant with one line inside and one outside the role: the line outside is hidden, and so are the totals.',
    given: 'Waldemar',
    surname: 'Halvpart',
    sex: 'MALE',
    years: 48,
    tell: (s) => {
      const [grant, payment] = s.grant('KY', { kle: '32.24.04', monthsBack: 1 });
      const kle = '15.17.00';
      grant.benefits.push({ id: s.uuid(), name: 'Mentorstøtte', kle, startsOn: grant.startsOn });
      payment?.lines.push({ text: 'Mentorstøtte', kle, amountOre: 50_000 });
    },
  },
  {
    slug: 'grant-without-payment',
    shows: 'A grant no payment of which is visible: hidden whole.',
    given: 'Yrsa',
    surname: 'Tomkasse',
    sex: 'FEMALE',
    years: 42,
    tell: (s) => {
      const [, ...payments] = s.grant('KY', { kle: '32.24.04' });
      s.records.splice(s.records.length - payments.length, payments.length);
    },
  },
  {
    slug: 'three-months-back',
    shows: 'Udbetaling Danmark’s benefits: with a stated purpose, three months back and no further.',
    given: 'Zacharias',
    surname: 'Kvartal',
    sex: 'MALE',
    years: 68,
    tell: (s) => {
      s.grant('UDK_PENSION', { kle: '32.03.04', monthsBack: 12 });
      s.grant('UDK_BOLIG', { kle: '32.06.04', monthsBack: 14, endedMonthsBack: 6 });
    },
  },
  {
    slug: 'other-municipality-benefit',
    shows: 'Moved here: the former municipality’s benefit is shown with a stated purpose.',
    given: 'Ægidius',
    surname: 'Tilflytterholm',
    sex: 'MALE',
    years: 30,
    more: (s) => ({
      addresses: [s.address(KORSBAEK, s.daysAgo(60)), s.address(MOSEKAER, s.daysAgo(2000), s.daysAgo(60))],
    }),
    tell: (s) =>
      void s.grant('KY', { kle: '32.24.04', ownerCvr: MOSEKAER, monthsBack: 10, endedMonthsBack: 1 }),
  },
  {
    slug: 'exempt-title',
    shows: 'A title exempt from publicity: the alternative title is shown.',
    given: 'Østen',
    surname: 'Dæknavnsen',
    sex: 'MALE',
    years: 55,
    tell: (s) =>
      void s.case('SBSYS', {
        kle: '32.21.20',
        title: 'Undtaget titel',
        more: { alternativeTitle: 'Sag om enkeltydelse' },
      }),
  },
  {
    slug: 'no-contact',
    shows: 'A case with neither unit nor handler registered: said so, not guessed.',
    given: 'Ågot',
    surname: 'Ingenmand',
    sex: 'FEMALE',
    years: 46,
    tell: (s) => void s.case('KMD_SAG', { kle: '32.21.12', more: { unit: null, primaryHandler: null } }),
  },
  {
    slug: 'alert-behind-hidden-case',
    shows: 'An alert in the caseworker’s area whose case is hidden: the alert is hidden too.',
    given: 'Alvilda',
    surname: 'Varselsgaard',
    sex: 'FEMALE',
    years: 37,
    tell: (s) => s.caseAlert(s.case('KY', { kle: '32.24.04', sensitivity: 3 })),
  },
  {
    slug: 'nothing-known',
    shows: 'A person nobody has a case on: every section is available and empty.',
    given: 'Bodil',
    surname: 'Tavlebar',
    sex: 'FEMALE',
    years: 23,
    tell: () => undefined,
  },
  {
    slug: 'own-record',
    shows:
      'The benefit caseworker and the caseworker’s husband: refused to that caseworker, shown to others.',
    given: 'Kamma',
    surname: 'Selvsynsholm',
    sex: 'FEMALE',
    years: 45,
    tell: (s) => {
      const husband = new StoryBuilder(s.world, s.number, {
        given: 'Laust',
        surname: 'Selvsynsholm',
        sex: 'MALE',
        years: 47,
      });
      const married = (to: { readonly cpr: string }) => ({
        civilStatus: 'MARRIED' as const,
        relations: [{ relation: 'SPOUSE' as const, person: urn(to.cpr) }],
      });
      Object.assign(s.person, married(husband.person));
      s.also({ ...husband.person, ...married(s.person) });
      s.wholeCase('KY', { kle: '32.24.04' });
    },
  },
  {
    slug: 'colleague',
    shows: 'A colleague of the benefit caseworker’s unit: shown, with an alarm in the log.',
    given: 'Niels',
    surname: 'Kontorvænge',
    sex: 'MALE',
    years: 39,
    tell: (s) => void s.wholeCase('KY', { kle: '32.24.04' }),
  },
  {
    slug: 'control-case',
    shows: 'Control cases of two authorities: shown with a stated purpose, as far as that allows.',
    given: 'Oline',
    surname: 'Tvivlskær',
    sex: 'FEMALE',
    years: 48,
    tell: (s) => {
      const control = {
        controlThemes: ['Enlig'],
        history: [{ state: 'ARISEN' as const, on: s.daysAgo(40) }],
      };
      s.case('KY', { kle: '32.24.04', daysAgo: 40, ownerCvr: MOSEKAER, more: control });
      s.case('KP', {
        kle: '32.03.12',
        daysAgo: 300,
        more: {
          controlThemes: ['Bopæl'],
          controlDroppedOn: s.daysAgo(60),
          history: [
            { state: 'ARISEN', on: s.daysAgo(300) },
            { state: 'CLOSED', on: s.daysAgo(60) },
          ],
        },
      });
    },
  },
];
