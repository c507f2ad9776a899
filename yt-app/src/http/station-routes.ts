import { endpoints } from '@linkcast/contracts';
import type { Station } from '../station/station.ts';
import type { EndpointBinder } from './endpoint-binder.ts';

export function bindStationRoutes(bind: EndpointBinder, station: Station): void {
  bind.answer(endpoints.getStation, () => station.view());
  bind.answer(endpoints.requestTrack, ({ body }) => station.request(body.mediaId));
  bind.answer(endpoints.skipTrack, () => station.skip());
  bind.answer(endpoints.nextTrack, () => station.next());
}
