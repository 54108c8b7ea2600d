/** A progress line on the terminal; without a terminal, one line every tenth. */
export interface ProgressBar {
  readonly update: (done: number, total: number) => void;
  readonly end: () => void;
}

const WIDTH = 30;

export function progressBar(
  title: string,
  unit = 'citizens',
  out: NodeJS.WriteStream = process.stdout,
): ProgressBar {
  let lastTenth = -1;
  return {
    update(done, total) {
      const share = total === 0 ? 1 : Math.min(1, done / total);
      const filled = Math.round(share * WIDTH);
      const line = `${title} [${'#'.repeat(filled)}${'.'.repeat(WIDTH - filled)}] ${done}/${total} ${unit}`;
      const tenth = Math.floor(share * 10);
      if (out.isTTY) out.write(`\r${line}`);
      else if (tenth !== lastTenth) out.write(`${line}\n`);
      lastTenth = tenth;
    },
    end() {
      if (out.isTTY && lastTenth >= 0) out.write('\n');
    },
  };
}
