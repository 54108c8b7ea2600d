import type { ImpactFragment, PreviewChangeMutation } from '../../generated/operations.js';
import { codeName } from '../../text/codes.js';
import { useWords } from '../../text/text.js';

type Preview = NonNullable<PreviewChangeMutation['previewChange']>;

/** What a draft would change, in counts: what comes into sight and what goes out of it. */
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
      {preview.holders === null ? null : <p>{t('previewHolders', { count: preview.holders })}</p>}
      <table className="table table--compact impact">
        <thead>
          <tr>
            <th scope="col">{t('previewWhat')}</th>
            <th scope="col">{t('previewBefore')}</th>
            <th scope="col">{t('previewAfter')}</th>
            <th scope="col">{t('previewGained')}</th>
            <th scope="col">{t('previewLost')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ what, impact }) =>
            impact ? <ImpactRow key={what} what={what} impact={impact} /> : null,
          )}
        </tbody>
      </table>
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
  const { t } = useWords();
  return (
    <tr>
      <th scope="row">
        {what}
        {impact.whole ? null : (
          <span className="quiet"> ({t('previewSample', { count: impact.examined })})</span>
        )}
      </th>
      <td>{impact.visibleBefore}</td>
      <td>{impact.visibleAfter}</td>
      <td>{impact.gained.length}</td>
      <td>{impact.lost.length}</td>
    </tr>
  );
}
