import { useQuery } from 'urql';
import { KleBranches, type ImpactFragment, type PreviewChangeMutation } from '../../generated/operations.js';
import { codeName } from '../../text/codes.js';
import { useWords, type Words } from '../../text/text.js';

type Preview = NonNullable<PreviewChangeMutation['previewChange']>;
type Group = ImpactFragment['groups'][number];

/** What a change would do, in counts: what comes into sight and what goes out of it, and in which areas. */
export function Impact({ preview }: { readonly preview: Preview }) {
  const { t, language } = useWords();
  const rows = [
    { what: t('cases'), impact: preview.caseImpact },
    { what: t('documents'), impact: preview.documentImpact },
    { what: t('benefits'), impact: preview.benefitImpact },
  ];
  return (
    <div role="status">
      <h3>{t('previewTitle')}</h3>
      {preview.holders === null ? null : (
        <p>{t(preview.holders === 1 ? 'previewHolder' : 'previewHolders', { count: preview.holders })}</p>
      )}
      <div className="scrolls" tabIndex={0} role="group" aria-label={t('previewTitle')}>
        <table className="table table--compact impact">
          <thead>
            <tr>
              <th scope="col">{t('previewWhat')}</th>
              <th scope="col" className="number">
                {t('previewBefore')}
              </th>
              <th scope="col" className="number">
                {t('previewAfter')}
              </th>
              <th scope="col">{t('previewWhere')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ what, impact }) =>
              impact ? <ImpactRow key={what} what={what} impact={impact} /> : null,
            )}
          </tbody>
        </table>
      </div>
      {preview.voids?.length ? (
        <>
          <h4>{t('previewVoids')}</h4>
          <ul>
            {preview.voids.map(({ role, reason }, i) => (
              <li key={i}>
                {codeName('roles', role ?? '–', language)}:{' '}
                {language === 'da' ? reason.textDa : reason.textEn}
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </div>
  );
}

function ImpactRow({ what, impact }: { readonly what: string; readonly impact: ImpactFragment }) {
  const words = useWords();
  const { t, number } = words;
  const titleOf = useAreaTitles();
  return (
    <tr>
      <th scope="row">
        {what}
        {impact.whole ? null : (
          <span className="quiet"> ({t('previewSample', { count: number(impact.examined) })})</span>
        )}
      </th>
      <td className="number">{number(impact.visibleBefore)}</td>
      <td className="number">{number(impact.visibleAfter)}</td>
      <td>
        {impact.groups.length === 0 ? t('previewNoChange') : null}
        {impact.groups.map((group) => (
          <div key={`${group.kleGroup ?? ''} ${group.sensitivity ?? ''}`}>
            {groupText(group, words, titleOf)}
          </div>
        ))}
      </td>
    </tr>
  );
}

/** @returns what changes in an area at a sensitivity, such as `27 Social service, følsomme: 3 flere`. */
function groupText(
  { kleGroup, sensitivity, gained, lost }: Group,
  { t, word, number }: Words,
  titleOf: (kleGroup: string) => string,
): string {
  const area = kleGroup === null ? t('previewNoArea') : `${kleGroup} ${titleOf(kleGroup)}`.trim();
  const counts = [
    ...(gained > 0 ? [t('previewGained', { count: number(gained) })] : []),
    ...(lost > 0 ? [t('previewLost', { count: number(lost) })] : []),
  ];
  const sensitive = sensitivity === null ? '' : `, ${word('sensitivity', sensitivity).toLowerCase()}`;
  return `${area}${sensitive}: ${counts.join(', ')}`;
}

/** @returns what the main groups of the classification are called. */
function useAreaTitles(): (kleGroup: string) => string {
  const [{ data }] = useQuery({ query: KleBranches, variables: { under: null } });
  return (kleGroup) => data?.kleBranches?.find(({ number }) => number === kleGroup)?.title ?? '';
}
