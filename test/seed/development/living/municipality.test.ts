import { expect, test } from '@jest/globals';
import { envelopeShape } from '../../../../intake/messages/envelope.js';
import { livingMunicipality } from '../../../../seed/development/living/municipality.js';
import { beginWorld, checkRecords, tellStories } from '../../../../seed/stories/tell.js';
import { generateFamilies } from '../../../../seed/world/generate.js';

const DAY = '2026-11-22';
const now = () => new Date(`${DAY}T12:00:00Z`);

test('everything that happens has the shapes the feed and the messages take; people move and die, KSD pays', () => {
  const course = livingMunicipality('test', now);
  const happened = Array.from({ length: 1500 }, () => course.next().value);
  const records = checkRecords(happened.flatMap((step) => step.records));
  const messages = happened
    .flatMap((step) => step.messages)
    .map(({ envelope }) => envelopeShape.parse(envelope));
  const actions = new Set(messages.map(({ filterData }) => filterData.objectRegistration.action));
  for (const action of ['005', '034', '035', '036', '037', 'Opstået', 'Afsluttet', 'Aktiv', 'Passiv'])
    expect(actions).toContain(action);
  const titles = new Set(records.flatMap((record) => (record.type === 'document' ? [record.title] : [])));
  expect([...titles].sort()).toEqual([
    'Oplysningsskema fra Mit Sygefravær',
    'Refusionsanmodning fra NemRefusion',
  ]);
  expect(new Set(records.map(({ type }) => type))).toEqual(
    new Set(['person', 'case', 'document', 'grant', 'payment']),
  );
});

test('nobody in it has the number of somebody in the seeded world', () => {
  const { world, numbers } = beginWorld({ seed: 'korsbaek', date: DAY });
  const stories = tellStories(world, numbers).flatMap((story) => story.records);
  const families = [...generateFamilies(world, 2000)].flatMap((family) => family.records);
  const seeded = new Set(
    [...stories, ...families].flatMap((record) => (record.type === 'person' ? [record.cpr] : [])),
  );
  const course = livingMunicipality('test', now);
  for (let i = 0; i < 800; i++)
    for (const record of course.next().value.records)
      if (record.type === 'person') expect(seeded.has(record.cpr)).toBe(false);
});

test('the same seed gives the same course', () => {
  const [first, other] = [livingMunicipality('a', now), livingMunicipality('a', now)];
  for (let i = 0; i < 300; i++) expect(first.next().value).toEqual(other.next().value);
});
