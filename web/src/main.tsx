import './strict-csp.ts';
import { render } from 'preact';
import { createApiClient } from '@linkcast/contracts';
import { App } from './app.tsx';
import { createEventStream } from './data/event-stream.ts';
import { createStores } from './data/stores.ts';
import { createRadioPlayer } from './player/radio-player.ts';
import { createResumePositions } from './player/resume-positions.ts';
import { followStation } from './player/radio-session.ts';
import './styles/index.css';

const stores = createStores(
  createApiClient(),
  createResumePositions(() => localStorage),
);
const radio = createRadioPlayer(new Audio());
const events = createEventStream({ onEvent: stores.apply, onGap: () => void stores.reload() });

// A hidden tab keeps no connection, unless its radio is playing: browsers open six to a server over plain HTTP.
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') events.open();
  else if (radio.phase.value === 'stopped') events.close();
});
followStation(radio, stores.station);
events.open();
void stores.jobs.load();

const root = document.getElementById('app');
if (root) render(<App stores={stores} radio={radio} connection={events.connection} />, root);
