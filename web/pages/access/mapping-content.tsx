import type { MappingContentPartsFragment } from '../../generated/operations.js';
import { useWords, type Words } from '../../text/text.js';

type Grant = MappingContentPartsFragment['grants'][number];

/** @returns a grant in words: the system role and what bounds it. */
export function grantText(
  { role, kle, sensitivity, units, systems, parametric }: Grant,
  { t, word }: Words,
): string {
  const fromSignIn = (kind: Grant['parametric'][number]) => parametric.includes(kind);
  const bound = (label: string, values: readonly string[] | null, kind: Grant['parametric'][number]) =>
    fromSignIn(kind) ? `${label} ${t('parametric')}` : values?.length ? `${label} ${values.join(', ')}` : '';
  const parts = [
    bound(t('kle'), kle, 'KLE'),
    fromSignIn('SENSITIVITY')
      ? `${t('sensitivity')} ${t('parametric')}`
      : sensitivity
        ? word('sensitivity', sensitivity).toLowerCase()
        : '',
    bound(t('units'), units?.map((id) => id.slice(0, 8)) ?? null, 'UNIT'),
    bound(t('systems'), systems, 'SYSTEM'),
  ].filter((part) => part !== '');
  return parts.length === 0 ? role : `${role}: ${parts.join('; ')}`;
}

/** A mapping as it is or would be. A grant that gives nothing says why. */
export function MappingContent({ mapping }: { readonly mapping: MappingContentPartsFragment }) {
  const words = useWords();
  const { language, t } = words;
  return (
    <>
      {mapping.description ? <p>{mapping.description}</p> : null}
      <ul>
        {mapping.grants.map((grant, i) => (
          <li key={i}>
            {grantText(grant, words)}
            {grant.void ? (
              <strong>
                {' '}
                {t('previewVoids')}: {language === 'da' ? grant.void.textDa : grant.void.textEn}
              </strong>
            ) : null}
          </li>
        ))}
      </ul>
    </>
  );
}
