import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const COMPRESSIBLE = /\.(js|css|svg)$/;

/** Writes each text asset of the page beside itself as .br and .gz: compressed once, sent as it lies. */
export function compressAssets(directory) {
  for (const name of readdirSync(directory)) {
    if (!COMPRESSIBLE.test(name)) continue;
    const path = join(directory, name);
    const content = readFileSync(path);
    writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
    writeFileSync(
      `${path}.br`,
      brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
    );
  }
}
