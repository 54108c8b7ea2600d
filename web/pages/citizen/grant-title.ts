import { useWords } from '../../text/text.js';
import type { Grant } from './person-rows.js';

/** @returns what names a grant: its benefits, or that it is one. */
export function useGrantTitle(): (grant: Pick<Grant, 'benefits'>) => string {
  const { t } = useWords();
  return ({ benefits }) =>
    benefits?.map(({ name, kle }) => name ?? kle?.title ?? '–').join(', ') || t('benefit');
}
