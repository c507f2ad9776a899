import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { SiteTexts } from './site-texts.ts';

const TextsContext = createContext<SiteTexts | undefined>(undefined);
export const TextsProvider = TextsContext.Provider;

/** Returns the texts and formats of the reader's language. */
export function useTexts(): SiteTexts {
  const texts = useContext(TextsContext);
  if (!texts) throw new Error('useTexts was called outside TextsProvider');
  return texts;
}
