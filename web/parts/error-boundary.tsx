import { Component, type ReactNode } from 'react';
import { ReloadButton } from './reload-button.js';
import { WordsContext } from '../text/text.js';

interface State {
  readonly failed: boolean;
}

/**
 * What the page itself gets wrong, or cannot fetch of itself after an upgrade, is said in words and mended by reloading; it never
 * leaves a blank page. What is said holds nothing of what was shown.
 */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, State> {
  static override readonly contextType = WordsContext;
  declare context: React.ContextType<typeof WordsContext>;
  override state: State = { failed: false };

  static getDerivedStateFromError(): State {
    return { failed: true };
  }

  override render(): ReactNode {
    const { t } = this.context;
    if (!this.state.failed) return this.props.children;
    return (
      <div className="narrow" role="alert">
        <h1>{t('pageFailed')}</h1>
        <p>{t('pageFailedText')}</p>
        <ReloadButton />
      </div>
    );
  }
}
