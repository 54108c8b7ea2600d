import { Fragment, useState } from 'react';
import { useUserNames } from '../../session/user-names.js';
import type { CODE_NAMES } from '../../text/codes.js';
import { codeName } from '../../text/codes.js';
import { useWords, type Words } from '../../text/text.js';
import { lookUpsOf, shownIn, type Entry, type LookUp } from './look-ups.js';

/** The log by look-up: who, whom, what and how it went on one line, with the entries behind it on demand. */
export function LookUpTable({ entries }: { readonly entries: readonly Entry[] }) {
  const { t } = useWords();
  const nameOf = useUserNames(entries.map(({ user }) => user));
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string) =>
    setOpen(new Set(open.has(id) ? [...open].filter((other) => other !== id) : [...open, id]));
  return (
    <div className="scrolls" tabIndex={0} role="group" aria-label={t('log')}>
      <table className="table table--compact">
        <thead>
          <tr>
            <th scope="col">{t('logTime')}</th>
            <th scope="col">{t('logUser')}</th>
            <th scope="col">{t('logWhat')}</th>
            <th scope="col">{t('logDecision')}</th>
            <th scope="col">{t('logRule')}</th>
            <th scope="col">{t('logCitizen')}</th>
            <th scope="col">{t('logObjects')}</th>
            <th scope="col">{t('logAlarms')}</th>
          </tr>
        </thead>
        <tbody>
          {lookUpsOf(entries).map((lookUp) => (
            <Fragment key={lookUp.id}>
              <LookUpRow
                lookUp={lookUp}
                user={nameOf(lookUp.newest.user)}
                isOpen={open.has(lookUp.id)}
                onToggle={() => toggle(lookUp.id)}
              />
              {open.has(lookUp.id) && unfolds(lookUp)
                ? lookUp.entries.map((entry) => <EntryRows key={entry.id} entry={entry} />)
                : null}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const unfolds = ({ entries }: LookUp): boolean =>
  entries.length > 1 || entries.some(({ parts }) => parts !== null && parts.length > 0);

interface LookUpRowProps {
  readonly lookUp: LookUp;
  readonly user: string;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

function LookUpRow({ lookUp, user, isOpen, onToggle }: LookUpRowProps) {
  const words = useWords();
  const { newest, entries } = lookUp;
  return (
    <tr>
      <td>
        {unfolds(lookUp) ? (
          <button type="button" className="plain" aria-expanded={isOpen} onClick={onToggle}>
            {words.time(newest.at)}
          </button>
        ) : (
          words.time(newest.at)
        )}
      </td>
      <td>{user}</td>
      <td>{countedEvents(entries, words)}</td>
      <td>{distinct(entries.map(({ decision }) => words.word('decision', decision)))}</td>
      <td>
        {distinct(
          namesOf(
            'rules',
            entries.map(({ ruleCode }) => ruleCode),
            words,
          ),
        ) || '–'}
      </td>
      <td>
        <code>{newest.citizenId ?? '–'}</code>
      </td>
      <td className="number">{shownIn(lookUp)}</td>
      <td>
        {distinct(
          namesOf(
            'alarms',
            entries.flatMap(({ alarms }) => alarms ?? []),
            words,
          ),
        )}
      </td>
    </tr>
  );
}

/** One entry behind a look-up with its parts; its code stands small beside. */
function EntryRows({ entry }: { readonly entry: Entry }) {
  return (
    <>
      <EntryRow entry={entry} />
      {(entry.parts ?? []).map((part) => (
        <PartRow key={part.permission} part={part} />
      ))}
    </>
  );
}

/** What an opening showed beside the person, by one permission. */
function PartRow({ part: { permission, objects } }: { readonly part: NonNullable<Entry['parts']>[number] }) {
  const words = useWords();
  return (
    <tr className="quiet">
      <td />
      <td />
      <td>
        {words.t('logPart')}: {namesOf('roles', [permission], words)[0] ?? '–'} <code>{permission}</code>
      </td>
      <td />
      <td />
      <td />
      <td className="number">{objects?.length ?? 0}</td>
      <td />
    </tr>
  );
}

function EntryRow({ entry }: { readonly entry: Entry }) {
  const words = useWords();
  const name = (kind: keyof typeof CODE_NAMES, code: string | null) => namesOf(kind, [code], words)[0] ?? '–';
  return (
    <tr className="quiet">
      <td>{words.time(entry.at)}</td>
      <td />
      <td>
        {name('events', entry.event)}, {name('roles', entry.permission)} <code>{entry.event}</code>
      </td>
      <td>{words.word('decision', entry.decision)}</td>
      <td>{name('rules', entry.ruleCode)}</td>
      <td />
      <td className="number">{entry.objects?.length ?? 0}</td>
      <td>{distinct(namesOf('alarms', entry.alarms ?? [], words))}</td>
    </tr>
  );
}

const distinct = (texts: readonly string[]): string => [...new Set(texts)].join(', ');

function namesOf(
  kind: keyof typeof CODE_NAMES,
  codes: readonly (string | null)[],
  { language }: Pick<Words, 'language'>,
): string[] {
  return codes.flatMap((code) => (code === null ? [] : codeName(kind, code, language)));
}

/** @returns what was done, each kind once, with how often. */
function countedEvents(entries: readonly Entry[], words: Words): string {
  const names = namesOf(
    'events',
    entries.map(({ event }) => event),
    words,
  );
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => (count === 1 ? name : `${name} (${count})`)).join(', ');
}
