import type { Language } from './text.js';
import { ownValue } from '../../subgraphs/shared/names/own-value.js';

type Names = Readonly<Record<string, readonly [da: string, en: string]>>;

/** System roles, and the permissions of the log that are no roles. */
const roles: Names = {
  'citizen-search': ['Søge borgere', 'Search citizens'],
  'citizen-read': ['Se en borger', 'See a citizen'],
  'citizen-search-national': ['Søge i hele landet', 'Search nationally'],
  'address-protected-direct': [
    'Se beskyttet adresse uden ekstra klik',
    'See a protected address without an extra click',
  ],
  'case-exists': ['Se, at en sag findes', 'See that a case exists'],
  'case-read': ['Se sager', 'See cases'],
  'document-read': ['Se dokumenter', 'See documents'],
  'note-read': ['Se notater', 'See notes'],
  'note-write': ['Skrive notater', 'Write notes'],
  'benefit-read': ['Se ydelser', 'See benefits'],
  'benefit-cross-authority': ['Se andre myndigheders ydelser', 'See other authorities’ benefits'],
  'control-case-read': ['Se kontrolsager', 'See control cases'],
  'remark-read': ['Se bemærkninger', 'See remarks'],
  'remark-write': ['Skrive bemærkninger', 'Write remarks'],
  'alert-read': ['Se adviser', 'See alerts'],
  'alert-handle': ['Behandle adviser', 'Handle alerts'],
  'alert-administer': ['Styre advisgrupper', 'Administer alert groups'],
  'access-administer': ['Styre roller', 'Administer roles'],
  'access-approve': ['Godkende roller', 'Approve roles'],
  'audit-read': ['Læse opslagsloggen', 'Read the look-up log'],
  'break-glass': ['Bruge nødadgang', 'Use break-glass'],
  'access-view': ['Se roller og aftaler', 'See roles and agreements'],
  'choices-view': ['Vælge enheder og emner', 'Choose units and topics'],
  'access-simulate': ['Afprøve login', 'Try a sign-in'],
  'access-preview': ['Se virkningen af en ændring', 'See what a change does'],
  door: ['Log på eller hop', 'Sign-in or jump'],
  none: ['Systemet selv', 'The system itself'],
};

/** What an entry of the log records. */
const events: Names = {
  opened: ['Åbnet', 'Opened'],
  listed: ['Vist på en liste', 'Shown in a list'],
  searched: ['Søgt', 'Searched'],
  'section-read': ['Afsnit vist', 'Section shown'],
  'cpr-revealed': ['Hele CPR-nummeret vist', 'Full personal number shown'],
  'protected-address-revealed': ['Beskyttet adresse vist', 'Protected address shown'],
  'log-read': ['Loggen læst', 'Log read'],
  'log-verified': ['Loggen kontrolleret', 'Log verified'],
  'own-list-changed': ['Egen liste ændret', 'Own list changed'],
  'why-asked': ['Spurgt, hvorfor noget vises', 'Asked why something is shown'],
  simulated: ['Login afprøvet', 'Sign-in tried'],
  'access-viewed': ['Roller og aftaler vist', 'Roles and agreements shown'],
  'access-changed': ['Roller eller aftaler ændret', 'Roles or agreements changed'],
  'access-lifted': ['Nødadgang brugt', 'Break-glass used'],
  'lift-reviewed': ['Nødadgang gennemgået', 'Break-glass reviewed'],
  'alert-handled': ['Advis behandlet', 'Alert handled'],
  'alert-group-changed': ['Advisgruppe ændret', 'Alert group changed'],
  'reminder-changed': ['Påmindelse ændret', 'Reminder changed'],
  'search-saved': ['Søgning gemt', 'Search saved'],
  'remark-changed': ['Bemærkning ændret', 'Remark changed'],
  'note-written': ['Notat skrevet', 'Note written'],
  'signed-in': ['Logget på', 'Signed in'],
  'signed-out': ['Logget af', 'Signed out'],
  'sessions-ended': ['Logget af overalt', 'Signed out everywhere'],
  'jumped-in': ['Kommet fra fagsystem', 'Came from another system'],
  'jumped-out': ['Åbnet i fagsystem', 'Opened in another system'],
  'limit-reached': ['Grænsen for opslag nået', 'Limit of look-ups reached'],
  'writer-started': ['Loggen startet', 'Log started'],
};

/** Why a read was refused. */
const rules: Names = {
  FACTS_UNCERTAIN: ['Sagens oplysninger er ved at blive opdateret', 'The record’s facts are being updated'],
  NOT_IN_FORCE: ['Gælder ikke i dag', 'Not in force today'],
  RELATED_PERSON: ['Egen eller nærtståendes sag', 'The user’s own or a related person’s record'],
  NO_AGREEMENT: ['Fagsystemet har ingen aftale', 'The source system has no agreement'],
  OTHER_OWNER: ['Tilhører en anden myndighed', 'Belongs to another authority'],
  AGREEMENT_KLE: ['Emnet er ikke med i aftalen', 'The topic is not in the agreement'],
  AGREEMENT_SENSITIVITY: ['Følsomheden er ikke med i aftalen', 'The sensitivity is not in the agreement'],
  SECURITY_PROFILE: ['Forbeholdt bestemte medarbejdere', 'Kept for named employees'],
  DISPLAY_CLASS: ['Må ikke vises for denne gruppe', 'Not to be shown to this audience'],
  KLE: ['Emnet er ikke med i rollen', 'The topic is not in the role'],
  SENSITIVITY: ['Følsomheden er ikke med i rollen', 'The sensitivity is not in the role'],
  UNIT: ['Tilhører en anden enhed', 'Belongs to another unit'],
  SYSTEM: ['Fagsystemet er ikke med i rollen', 'The system is not in the role'],
  NO_ROLE: ['Rollen giver ikke adgang', 'The role gives no access'],
  SECTION_OFF: ['Kommunen bruger ikke afsnittet', 'The municipality does not use the section'],
  PURPOSE_REQUIRED: ['Kræver et formål', 'Needs a purpose'],
  CASE_HIDDEN: ['Sagen må ikke ses', 'The case may not be seen'],
  NO_VISIBLE_BENEFIT: ['Ingen ydelse må ses', 'No benefit may be seen'],
  NO_VISIBLE_PAYMENT: ['Ingen udbetaling må ses', 'No payment may be seen'],
  RESTRICTED: ['Kun kendskab til, at sagen findes', 'Only that the case exists'],
  NOT_WITHIN_RIGHTS: ['Findes ikke eller uden for rettighederne', 'Unknown or not within rights'],
};

/** Why the controller should look. */
const alarms: Names = {
  OWN_RECORD: ['Opslag på sig selv', 'Own record'],
  KIN: ['Opslag på nær familie', 'Kin'],
  COLLEAGUE: ['Opslag på en kollega', 'Colleague'],
  BREAK_GLASS: ['Nødadgang', 'Break-glass'],
  LOOK_UPS: ['Usædvanligt mange opslag', 'Unusually many look-ups'],
};

/** Names of what is a code in the graph and the log. */
export const CODE_NAMES = { roles, events, rules, alarms } as const;

/** @returns the name of a code in the language; the code itself when it has none. */
export function codeName(kind: keyof typeof CODE_NAMES, code: string, language: Language): string {
  const names = CODE_NAMES[kind];
  const name = ownValue(names, code);
  return name ? name[language === 'da' ? 0 : 1] : code;
}
