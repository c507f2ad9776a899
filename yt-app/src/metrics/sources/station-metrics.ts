import type { StationControl } from '../../station/station-control.ts';
import type { MetricSource } from '../metric-source.ts';

/** The radio. */
export function createStationMetrics(control: Pick<StationControl, 'status'>): MetricSource {
  return {
    name: 'station',
    gauges: {
      linkcast_station_online: { help: '1: the station is on air.' },
      linkcast_station_listeners: { help: 'Listeners of the station.' },
    },
    async read() {
      const { online, listeners } = await control.status();
      return { linkcast_station_online: Number(online), linkcast_station_listeners: listeners };
    },
  };
}
