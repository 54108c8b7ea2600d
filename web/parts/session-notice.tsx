import { useEffect, useState } from 'react';
import { useSession } from '../session/session.js';
import { useWords } from '../text/text.js';

const WARN_BEFORE_MS = 2 * 60_000;
const LOOK_MS = 15_000;

/** Tells when the session is about to end, and when it has; what is written on the page stays. */
export function SessionNotice() {
  const { t } = useWords();
  const { state, look, signInAgain } = useSession();
  const [soon, setSoon] = useState(false);
  const endsAt =
    state.at === 'live' ? Math.min(Date.parse(state.info.idleEndsAt), Date.parse(state.info.endsAt)) : null;
  useEffect(() => {
    if (endsAt === null) return undefined;
    const check = () => setSoon(endsAt - Date.now() < WARN_BEFORE_MS);
    check();
    const timer = setInterval(check, LOOK_MS);
    return () => clearInterval(timer);
  }, [endsAt]);
  if (state.at === 'ended')
    return (
      <div className="notice" role="alert">
        <p>{t('sessionEnded')}</p>
        <button type="button" className="button button-primary" onClick={signInAgain}>
          {t('signInAgain')}
        </button>
      </div>
    );
  if (state.at !== 'live' || !soon) return null;
  return (
    <div className="notice" role="status">
      <p>{t('sessionEndsSoon')}</p>
      <button type="button" className="button button-secondary" onClick={() => void look()}>
        {t('staySignedIn')}
      </button>
    </div>
  );
}
