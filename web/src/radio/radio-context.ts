import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { RadioPlayer } from './radio-player.ts';

const RadioContext = createContext<RadioPlayer | undefined>(undefined);
export const RadioProvider = RadioContext.Provider;

/** Returns the radio player of the page. */
export function useRadio(): RadioPlayer {
  const radio = useContext(RadioContext);
  if (!radio) throw new Error('useRadio was called outside RadioProvider');
  return radio;
}
