import type { ContentPartsFragment } from '../../generated/operations.js';
import { useWords } from '../../text/text.js';
import { contentLines } from './content-lines.js';
import { useUnitName } from './unit-names.js';

/** A content as it is or would be. A part that gives nothing says why. */
export function ContentView({ content }: { readonly content: ContentPartsFragment }) {
  const words = useWords();
  const unitName = useUnitName();
  return (
    <ul>
      {contentLines(content, words, unitName).map((line, i) => (
        <li key={i}>
          {line.text}
          {line.void === null ? null : (
            <strong>
              {' '}
              {words.t('previewVoids')}: {line.void}
            </strong>
          )}
        </li>
      ))}
    </ul>
  );
}
