import { Suspense, lazy } from 'react';
import { useWords } from '../../../text/text.js';

const TimelineContent = lazy(() => import('./timeline-content.js'));

/** What happened when, over all sources. It and what it asks for are fetched when its part of the page is opened. */
export function Timeline({ id }: { readonly id: string }) {
  const { t } = useWords();
  return (
    <section className="section-card" data-section="timeline" aria-labelledby="timeline-heading">
      <h2 id="timeline-heading" tabIndex={-1}>
        {t('timeline')}
      </h2>
      <Suspense fallback={<p role="status">{t('loading')}</p>}>
        <TimelineContent id={id} />
      </Suspense>
    </section>
  );
}
