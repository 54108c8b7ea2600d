/** Ends the process cleanly at the first signal to stop; one that cannot be stopped cleanly ends with 1. */
export function stopAtSignal(stop: () => Promise<void>, onSignal: () => void = () => undefined): void {
  const end = (): void => {
    onSignal();
    void stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
}
