import type { FindingFragment, SimulateSignInMutation } from '../../generated/operations.js';
import { useUserNames } from '../../session/user-names.js';
import { codeName } from '../../text/codes.js';
import { useWords } from '../../text/text.js';

type Result = NonNullable<SimulateSignInMutation['simulateSignIn']>;

/** What a simulated sign-in gives. Counts and rule codes, never data. */
export function SimulationResult({ result }: { readonly result: Result }) {
  const { t } = useWords();
  const { reading, grants, voids, withinReach } = result;
  return (
    <section className="section-card" aria-labelledby="simulated" role="status">
      <h2 id="simulated">{t('simulated')}</h2>
      {reading ? <SignInRead reading={reading} /> : null}
      <Granted grants={grants ?? []} />
      {voids?.length ? <Voids voids={voids} /> : null}
      {withinReach === null ? null : (
        <p>
          <strong>{t(withinReach ? 'simulatedReached' : 'simulatedNotReached')}</strong>
        </p>
      )}
      <SectionsSaid result={result} />
    </section>
  );
}

/** @returns how a finding is said in the page's language. */
function useFinding(): (finding: FindingFragment) => string {
  const { language } = useWords();
  return ({ textDa, textEn }) => (language === 'da' ? textDa : textEn);
}

/** Whose sign-in it is, what could not be read of it, and its job-function roles. */
function SignInRead({ reading }: { readonly reading: NonNullable<Result['reading']> }) {
  const { t } = useWords();
  const said = useFinding();
  const { subject, cvr, problems, roles } = reading;
  const nameOf = useUserNames([subject]);
  return (
    <>
      <p>
        {nameOf(subject)} <code>{subject}</code> {t('simulatedCvr', { cvr: cvr ?? '–' })}
      </p>
      {problems.length === 0 ? null : (
        <>
          <h3>{t('simulatedProblems')}</h3>
          <ul>
            {problems.map((problem, i) => (
              <li key={i}>{said(problem)}</li>
            ))}
          </ul>
        </>
      )}
      <h3>{t('items_MAPPING')}</h3>
      {roles.length === 0 ? <p>{t('none')}</p> : null}
      <ul>
        {roles.map(({ uri, scope }) => (
          <li key={`${scope}${uri}`}>
            <code>{uri}</code> <span className="quiet">{scope}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Granted({ grants }: { readonly grants: NonNullable<Result['grants']> }) {
  const { t, word, language } = useWords();
  return (
    <>
      <h3>{t('simulatedGrants')}</h3>
      {grants.length > 0 ? null : <p>{t('none')}</p>}
      <ul>
        {grants.map(({ role, kle, sensitivity, jobFunctionRole }, i) => (
          <li key={i}>
            <strong>{codeName('roles', role, language)}</strong> {kle?.join(', ')}{' '}
            {sensitivity ? word('sensitivity', sensitivity) : ''}{' '}
            <span className="quiet">{jobFunctionRole}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Roles that give nothing, with why. */
function Voids({ voids }: { readonly voids: NonNullable<Result['voids']> }) {
  const { t, language } = useWords();
  const said = useFinding();
  return (
    <>
      <h3>{t('previewVoids')}</h3>
      <ul>
        {voids.map(({ uri, role, reason }, i) => (
          <li key={i}>
            {role === null ? <code>{uri}</code> : codeName('roles', role, language)}: {said(reason)}
          </li>
        ))}
      </ul>
    </>
  );
}

/** What each section of the person would say. */
function SectionsSaid({ result }: { readonly result: Result }) {
  const { t, word } = useWords();
  const sections = [
    { name: t('cases'), section: result.caseSection },
    { name: t('documents'), section: result.documentSection },
    { name: t('benefits'), section: result.benefitSection },
    { name: t('alerts'), section: result.alertSection },
  ].flatMap(({ name, section }) => (section === null ? [] : [{ name, section }]));
  return (
    <ul>
      {sections.map(({ name, section }) => (
        <li key={name}>
          {name}: {word('outcome', section.outcome)}
          {section.amount === null ? '' : ` (${section.visible || word('amount', section.amount)})`}
        </li>
      ))}
    </ul>
  );
}
