import type { FindingFragment, SimulateSignInMutation } from '../../generated/operations.js';
import { useWords } from '../../text/text.js';

type Result = NonNullable<SimulateSignInMutation['simulateSignIn']>;

/** What a simulated sign-in gives. Counts and rule codes, never data. */
export function SimulationResult({ result }: { readonly result: Result }) {
  const { t, word, language } = useWords();
  const said = ({ textDa, textEn }: FindingFragment) => (language === 'da' ? textDa : textEn);
  const { reading, grants, voids } = result;
  const sections = [
    { name: t('cases'), section: result.caseSection },
    { name: t('documents'), section: result.documentSection },
    { name: t('benefits'), section: result.benefitSection },
    { name: t('alerts'), section: result.alertSection },
  ].filter(({ section }) => section !== null);
  return (
    <section className="section-card" aria-labelledby="simulated" role="status">
      <h2 id="simulated">{t('simulated')}</h2>
      {reading ? (
        <>
          <p>
            {reading.subject ?? '–'}, {reading.cvr ?? '–'}
          </p>
          {reading.problems.length === 0 ? null : (
            <>
              <h3>{t('simulatedProblems')}</h3>
              <ul>
                {reading.problems.map((problem, i) => (
                  <li key={i}>{said(problem)}</li>
                ))}
              </ul>
            </>
          )}
          <h3>{t('items_MAPPING')}</h3>
          {reading.roles.length === 0 ? <p>{t('none')}</p> : null}
          <ul>
            {reading.roles.map(({ uri, scope }) => (
              <li key={`${scope}${uri}`}>
                <code>{uri}</code> <span className="quiet">{scope}</span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <h3>{t('simulatedGrants')}</h3>
      {grants?.length ? null : <p>{t('none')}</p>}
      <ul>
        {grants?.map(({ role, kle, sensitivity, jobFunctionRole }, i) => (
          <li key={i}>
            <strong>{role}</strong> {kle?.join(', ')} {sensitivity ? word('sensitivity', sensitivity) : ''}{' '}
            <span className="quiet">{jobFunctionRole}</span>
          </li>
        ))}
      </ul>
      {voids?.length ? (
        <>
          <h3>{t('previewVoids')}</h3>
          <ul>
            {voids.map(({ uri, role, reason }, i) => (
              <li key={i}>
                {role ?? uri}: {said(reason)}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {result.withinReach === null ? null : (
        <p>
          <strong>{t(result.withinReach ? 'simulatedReached' : 'simulatedNotReached')}</strong>
        </p>
      )}
      <ul>
        {sections.map(({ name, section }) => (
          <li key={name}>
            {name}: {word('outcome', section!.outcome)}
            {section!.amount === null ? '' : ` (${section!.visible || word('amount', section!.amount)})`}
          </li>
        ))}
      </ul>
    </section>
  );
}
