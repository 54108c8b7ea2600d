import type { ContentPartsFragment } from '../../generated/operations.js';
import { useWords } from '../../text/text.js';
import { contentLines } from './content-lines.js';
import { RoleMatrix } from './role-matrix.js';
import { useUnitName } from './grant-choices.js';

/** A content as it is or would be. A part that gives nothing says why. */
export function ContentView({ content }: { readonly content: ContentPartsFragment }) {
  const words = useWords();
  const unitName = useUnitName();
  const { mapping } = content;
  const about = mapping ? { ...content, mapping: { ...mapping, grants: [] } } : content;
  return (
    <>
      <dl className="content-lines">
        {contentLines(about, words, unitName).map(({ name, values }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{values.join(', ')}</dd>
          </div>
        ))}
      </dl>
      {mapping ? <RoleMatrix grants={mapping.grants} /> : null}
    </>
  );
}
