import { useEffect } from 'react';

/**
 * Names the window after the page. A person's page is named after the person, so that two tabs differ at a glance; never by a
 * number, and the address beside it in the browser's history says nothing of anybody.
 */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} – Overblik`;
  }, [title]);
}
