import { useEffect } from 'react';

/** Names the window after the page; never after a person, whose name would stand in the browser's history. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} – Overblik`;
  }, [title]);
}
