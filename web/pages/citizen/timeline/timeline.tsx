import { Suspense, lazy, useState } from 'react';
import { useWords } from '../../../text/text.js';

const TimelineContent = lazy(() => import('./timeline-content.js'));

/** What happened when, over all sources. It is asked for when it is opened. */
export function Timeline({ id }: { readonly id: string }) {
  const { t } = useWords();
  const [isOpen, setOpen] = useState(false);
  return (
    <section className="section-card" data-section="timeline" aria-labelledby="timeline-heading">
      <h2 id="timeline-heading" tabIndex={-1}>
        {t('timeline')}
      </h2>
      {isOpen ? (
        <Suspense fallback={<p role="status">{t('loading')}</p>}>
          <TimelineContent id={id} />
        </Suspense>
      ) : (
        <button type="button" className="button button-secondary" onClick={() => setOpen(true)}>
          {t('timelineShow')}
        </button>
      )}
    </section>
  );
}
