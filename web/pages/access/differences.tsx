import type { ContentPartsFragment } from '../../generated/operations.js';
import { useWords } from '../../text/text.js';
import { contentLines } from './content-lines.js';
import { useUnitName } from './unit-names.js';

interface DifferencesProps {
  readonly before: ContentPartsFragment | null;
  readonly after: ContentPartsFragment | null;
}

/** What comes and what goes from one content to the next, statement by statement. */
export function Differences({ before, after }: DifferencesProps) {
  const words = useWords();
  const unitName = useUnitName();
  const { t } = words;
  const texts = (content: ContentPartsFragment | null) =>
    contentLines(content, words, unitName).map(({ text }) => text);
  const [old, now] = [texts(before), texts(after)];
  const added = now.filter((text) => !old.includes(text));
  const gone = old.filter((text) => !now.includes(text));
  if (added.length + gone.length === 0) return <span>{t('noDifference')}</span>;
  return (
    <ul className="differences">
      {added.map((text) => (
        <li key={`+${text}`}>
          <strong>{t('added')}:</strong> <ins>{text}</ins>
        </li>
      ))}
      {gone.map((text) => (
        <li key={`-${text}`}>
          <strong>{t('gone')}:</strong> <del>{text}</del>
        </li>
      ))}
    </ul>
  );
}
