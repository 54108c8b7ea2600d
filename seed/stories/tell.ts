import { type FeedInput, type FeedRecord, feedRecordShape } from '../../subgraphs/shared/records/records.js';
import { KORSBAEK } from '../authorities.js';
import { CprNumbers } from '../cpr-numbers.js';
import type { DirectoryStory } from '../development/site.js';
import { Random } from '../random.js';
import type { World } from '../world/person.js';
import { StoryBuilder } from './builder.js';
import { STORIES } from './stories.js';

export interface SeededStory {
  readonly directory: DirectoryStory;
  readonly records: readonly FeedInput[];
}

/** What the world is made of; the same values give the same world. */
export interface WorldSpec {
  readonly seed: string;
  /** The day it was made, YYYY-MM-DD. */
  readonly date: string;
}

/** @returns the world the stories and then the generator draw from. */
export function beginWorld({ seed, date }: WorldSpec): { world: World; numbers: CprNumbers } {
  const numbers = new CprNumbers();
  const random = new Random(`${seed}|${date}`);
  return {
    numbers,
    world: { random, today: date, issueCpr: (birthDate, sex) => numbers.issue(birthDate, sex) },
  };
}

/** Year a replacement number's date encodes; nobody has such a number. */
const REPLACEMENT_DATE = '2044-06-14';

/** @returns every story with its records, in the directory's order. */
export function tellStories(world: World, numbers: CprNumbers): SeededStory[] {
  return STORIES.map((story, i) => {
    const builder = new StoryBuilder(world, i + 1, story);
    if (story.slug === 'replacement-number')
      Object.assign(builder.person, { cpr: numbers.issueReplacement(REPLACEMENT_DATE, story.sex) });
    story.tell(builder);
    const { id: citizenId, cpr, name } = builder.person;
    const ties = tiesOf(builder.records);
    return {
      directory: { slug: story.slug, citizenId, cpr, name, shows: story.shows, ties },
      records: builder.records,
    };
  });
}

/** Other authorities than Korsbæk that the person has lived in or that own a record on the person. */
function tiesOf(records: readonly FeedInput[]): string[] {
  const authorities = records.flatMap((record) => {
    if (record.type === 'person') return record.addresses.map((address) => address.municipalityCvr);
    return 'ownerCvr' in record ? [record.ownerCvr] : [];
  });
  return [...new Set(authorities)].filter((cvr): cvr is string => cvr !== null && cvr !== KORSBAEK);
}

/** @returns the records in the shape the write path takes; throws when the seed itself breaks a rule. */
export function checkRecords(records: readonly FeedInput[]): FeedRecord[] {
  return records.map((record) => feedRecordShape.parse(record));
}
