import type { deliveries as english } from '../../en/bot/deliveries.ts';
import { formatsOf } from '../../formats/formats.ts';

const { deadline } = formatsOf('es');

export const deliveries: typeof english = {
  inGroup: 'Solo respondo a esto en un chat privado: /deliveries',
  heading: 'Últimas entregas:',
  none: 'Todavía no se ha entregado nada. Los destinos se crean en la página de ajustes del sitio.',
  state: {
    queued: '⏳ en espera',
    running: '📤 enviándose',
    delivered: '✅ entregado',
    failed: '❌ fallida',
    cancelled: '✖️ cancelada',
  },
  to: (target) => `a «${target}»`,
  next: (at) => `próximo intento: ${deadline(at)}`,
};
