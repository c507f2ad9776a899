import { computed, signal } from '@preact/signals';
import { noPreferences, type ApiClient, type Preferences } from '@linkcast/contracts';
import type { CallerStore } from './caller-store.ts';

interface PreferencesStoreOptions {
  readonly api: Pick<ApiClient, 'patchMe'>;
  readonly caller: Pick<CallerStore, 'caller' | 'isSignedIn'>;
}

/** The preferences of the person, on all their devices; of others, until the page is left. */
export function createPreferencesStore({ api, caller }: PreferencesStoreOptions) {
  /** The choices that were made on this page. */
  const chosen = signal<Partial<Preferences>>({});
  const personId = computed(() => caller.caller.value?.personId);
  personId.subscribe(() => (chosen.value = {}));
  const current = computed<Preferences>(() => ({
    ...noPreferences,
    ...caller.caller.value?.preferences,
    ...chosen.value,
  }));

  async function store(preferences: Partial<Preferences>): Promise<void> {
    try {
      await api.patchMe({ preferences });
    } catch (error) {
      console.warn('preferences not stored for other devices', error); // this page has them
    }
  }

  return {
    current,
    /** Remembers a choice, so that the next one begins with it. */
    remember: (choice: Partial<Preferences>): void => {
      const before = current.value;
      chosen.value = { ...chosen.value, ...choice };
      const isChange = JSON.stringify(before) !== JSON.stringify(current.value);
      if (isChange && caller.isSignedIn.value) void store(choice);
    },
  };
}
