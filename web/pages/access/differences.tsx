import type { ContentPartsFragment } from '../../generated/operations.js';
import { useWords } from '../../text/text.js';
import { changedLines, type ChangedLine } from './changed-lines.js';
import { contentLines } from './content-lines.js';
import { useUnitName } from './grant-choices.js';

interface DifferencesProps {
  /** Null when nothing was there before. */
  readonly before: ContentPartsFragment | null;
  readonly after: ContentPartsFragment;
  /** What the two are called, such as in force and proposed. */
  readonly heads: readonly [before: string, after: string];
}

/** What a content changes of the one before it: a row for what is said otherwise, and none for what stays. */
export function Differences({ before, after, heads }: DifferencesProps) {
  const words = useWords();
  const unitName = useUnitName();
  const { t } = words;
  const changed = changedLines(contentLines(before, words, unitName), contentLines(after, words, unitName));
  if (changed.length === 0) return <p>{t('noDifference')}</p>;
  return (
    <div className="scrolls" tabIndex={0} role="group" aria-label={t('versionChange')}>
      <table className="table table--compact differences">
        <thead>
          <tr>
            <th scope="col">{t('changedWhat')}</th>
            <th scope="col">{heads[0]}</th>
            <th scope="col">{heads[1]}</th>
          </tr>
        </thead>
        <tbody>
          {changed.map((row) => (
            <ChangedRow key={row.name} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ChangedRow({ row: { name, before, after } }: { readonly row: ChangedLine }) {
  const { t } = useWords();
  const [was, is] = [before ?? [], after ?? []];
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        {before === null ? t('notGiven') : <Values values={was} others={is} as="del" mark={t('gone')} />}
      </td>
      <td>
        {after === null ? t('notGiven') : <Values values={is} others={was} as="ins" mark={t('added')} />}
      </td>
    </tr>
  );
}

interface ValuesProps {
  readonly values: readonly string[];
  readonly others: readonly string[];
  readonly as: 'del' | 'ins';
  /** What is said of a value the other side lacks, for whoever does not see the mark. */
  readonly mark: string;
}

function Values({ values, others, as: Mark, mark }: ValuesProps) {
  const { t } = useWords();
  if (values.length === 0) return <>–</>;
  const own = values.filter((value) => !others.includes(value));
  const same = values.length - own.length;
  return (
    <>
      {own.map((value, place) => (
        <span key={value}>
          {place === 0 ? '' : ', '}
          <Mark>
            <span className="visually-hidden">{mark}: </span>
            {value}
          </Mark>
        </span>
      ))}
      {same === 0 ? null : (
        <span className="quiet" title={values.filter((value) => others.includes(value)).join(', ')}>
          {' '}
          {t(own.length === 0 ? 'unchanged' : 'unchangedBeside', { count: same })}
        </span>
      )}
    </>
  );
}
