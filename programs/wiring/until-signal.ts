/**
 * Ends the process cleanly at the first signal to stop, at once at the second; one that cannot be stopped cleanly ends with 1. A
 * terminal that goes away (HUP) stops nothing.
 */
export function stopAtSignal(stop: () => Promise<void>, onSignal: () => void = () => undefined): void {
  let isStopping = false;
  const end = (): void => {
    if (isStopping) process.exit(1);
    isStopping = true;
    onSignal();
    void stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  process.on('SIGHUP', () => undefined);
}
