import {
  type ResidentKeys,
  type ResidentStore,
  ResidentStoreUnavailable,
} from '../shared/domain/register/resident-store.ts';
import { CachedKeyStore } from '../shared/security/cached-key-store.ts';
import { FileKeyStore } from '../shared/security/file-key-store.ts';
import type { KeyStore } from '../shared/security/key-store.ts';
import type { RegisterEnvironment } from './register-environment.ts';

/** What operations on residents need of the world; tests hand in their own. */
export interface RegisterDependencies {
  readonly residents: ResidentStore & ResidentKeys;
  /** Wraps the residents' data keys, and remembers opened ones for a while. */
  readonly keyStore: KeyStore;
}

/** The dependencies of a running function. The store itself is not joined yet: it answers as one that is down. */
export function registerDependencies({ KEY_FILE = '' }: RegisterEnvironment): RegisterDependencies {
  const down = async (): Promise<never> => {
    throw new ResidentStoreUnavailable('The register is not joined yet.');
  };
  return {
    residents: { find: down, append: down, erase: down, wrappedKeyOf: down },
    keyStore: new CachedKeyStore(new FileKeyStore(KEY_FILE)),
  };
}
