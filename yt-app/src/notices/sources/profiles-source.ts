import { message } from '@linkcast/texts';
import type { ProfilesFile } from '../../profiles/profiles-file.ts';
import type { NoticeSource } from '../notice-source.ts';

/** Observes that `profiles.yaml` has faults: what it says is not in force. */
export function createProfilesSource(profiles: Pick<ProfilesFile, 'faults'>): NoticeSource {
  return {
    name: 'profiles',
    observe() {
      const [first, ...others] = profiles.faults();
      if (!first) return Promise.resolve([]);
      return Promise.resolve([
        {
          code: 'profiles-faulty',
          severity: 'warning',
          message: message('profiles-faulty-notice', { count: others.length + 1, line: first.line }),
          action: message('do-check-profiles'),
        },
      ]);
    },
  };
}
