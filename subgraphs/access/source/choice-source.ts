import type { Collection } from 'mongodb';
import type { Permit } from '../../shared/guard/permit.js';
import type { Caller } from '../../shared/identity/caller.js';
import type { ReferenceRecord } from '../../shared/reference/reference-copy.js';
import type { UserRecord } from './records.js';

type ViewPermit = Permit<'choices-view'>;

interface Branch {
  readonly number: string;
  readonly title: string;
  readonly isLeaf: boolean;
}

interface Unit {
  readonly id: string;
  readonly name: string;
  readonly contact: string;
}

const MOST = 500;
const MOST_USERS = 200;
/** Closes a range of texts with a common beginning. */
const AFTER = '\uffff';
const LENGTH = { mainGroup: 2, group: 5, topic: 8 } as const;

/** What constraints, receivers and assignees are chosen from: the classification, units and users of the own authority. */
export class ChoiceSource {
  constructor(
    readonly references: Collection<ReferenceRecord>,
    readonly organisation: Collection<UserRecord>,
  ) {}

  /** @returns main groups, or what lies one level under a main group or group, by number. */
  async kleUnder(_permit: ViewPermit, under: string | null): Promise<Branch[]> {
    const length = under === null ? LENGTH.mainGroup : under.length + 3;
    const from = `kle:${under === null ? '' : `${under}.`}` as const;
    const found = await this.references
      .find({ _id: { $gte: from, $lt: `${from}${AFTER}` as const } })
      .sort({ _id: 1 })
      .toArray();
    return found.flatMap((record) => {
      const number = record._id.slice('kle:'.length);
      if (number.length !== length || !('title' in record)) return [];
      return [{ number, title: record.title, isLeaf: length === LENGTH.topic }];
    });
  }

  /** @returns the units of the caller's authority, by name. */
  async units({ access: { cvr } }: ViewPermit): Promise<Unit[]> {
    const found = await this.references
      .find({ _id: { $gte: 'unit:', $lt: `unit:${AFTER}` }, cvr })
      .limit(MOST)
      .toArray();
    return found
      .flatMap((record) =>
        'contact' in record
          ? [{ id: record._id.slice('unit:'.length), name: record.name, contact: record.contact }]
          : [],
      )
      .sort((a, b) => a.name.localeCompare(b.name, 'da'));
  }

  /** @returns the caller's own name, which needs no right; null when the organisation has none. */
  async ownName({ cvr, subject }: Pick<Caller, 'cvr' | 'subject'>): Promise<string | null> {
    const projection = { name: 1 };
    const found = await this.organisation.findOne({ _id: `${cvr}|${subject}` }, { projection });
    return found?.name ?? null;
  }

  /**
   * @param ids only these users; null for any
   * @returns users of the caller's authority, by id
   */
  users(
    { access: { cvr } }: ViewPermit,
    ids: readonly string[] | null,
  ): Promise<Pick<UserRecord, 'subject' | 'name' | 'unit'>[]> {
    const _id = ids ? { $in: ids.map((id) => `${cvr}|${id}`) } : { $gte: `${cvr}|`, $lt: `${cvr}|${AFTER}` };
    return this.organisation
      .find({ _id }, { projection: { subject: 1, name: 1, unit: 1 } })
      .sort({ _id: 1 })
      .limit(MOST_USERS)
      .toArray();
  }
}
