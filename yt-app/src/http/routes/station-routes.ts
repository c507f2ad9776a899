import { endpoints } from '@linkcast/contracts';
import type { StationService } from '../../station/station-service.ts';
import type { EndpointBinder } from '../endpoints/endpoint-binder.ts';

/** Binds the endpoints of the station. */
export function bindStationRoutes(bind: EndpointBinder, station: StationService): void {
  bind.answer(endpoints.getStation, () => station.view());
  bind.answer(endpoints.requestTrack, ({ body }) => station.request(body.mediaId));
  bind.answer(endpoints.skipTrack, () => station.skip());
  bind.answer(endpoints.nextTrack, () => station.next());
}
