import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { RadioPlayer } from './radio-player.ts';

const RadioContext = createContext<RadioPlayer | undefined>(undefined);
export const RadioProvider = RadioContext.Provider;

/** The one radio of the page. */
export function useRadio(): RadioPlayer {
  const radio = useContext(RadioContext);
  if (!radio) throw new Error('a component that uses the radio stands outside of RadioProvider');
  return radio;
}
