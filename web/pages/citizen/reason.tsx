import type { ReasonFragment } from '../../generated/operations.js';
import { useWords } from '../../text/text.js';

/** Why something is shown or not: the rule in words, and the job-function role behind it. */
export function Reason({ reason, label }: { readonly reason: ReasonFragment; readonly label: string }) {
  const { t, language } = useWords();
  const role = reason.jobFunctionRole?.split('/').filter(Boolean).at(-2);
  return (
    <details className="reason">
      <summary>{label}</summary>
      <p>{language === 'da' ? reason.textDa : reason.textEn}</p>
      {role === undefined ? null : <p className="quiet">{t('byRole', { role })}</p>}
    </details>
  );
}
