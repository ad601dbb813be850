/** `npm run keys:rotate`: a new key in the key file of `DATA_DIR` wraps from now on. Nothing stored is rewritten. */
import { KeyFileError, rotateLocalKeys } from '../storage/keys.ts';
import { readSettings } from './backend.ts';

try {
  const version = await rotateLocalKeys(readSettings().dataDir);
  process.stdout.write(
    `Key ${version} wraps from now on. Older ones stay: what they have wrapped needs them.\n`,
  );
} catch (error) {
  process.stderr.write(`${error instanceof KeyFileError ? error.message : 'The keys were not rotated.'}\n`);
  process.exitCode = 1;
}
