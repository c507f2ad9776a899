import type { siteActivity as english } from '../../en/site/activity.ts';
import type { Translation } from '../../translation.ts';

export const siteActivity = {
  activity: {
    heading: 'Actividad',
    open: 'Actividad',
    hint: 'Quién hizo qué en los últimos 90 días.',
    unnamed: 'Sin nombre',
    everybody: 'Todas las personas',
    personLabel: 'Persona',
    kindLabel: 'Qué',
    everything: 'Todo',
    kinds: {
      'signed-in': 'Inicios de sesión',
      'signed-out': 'Cierres de sesión',
      joined: 'Personas nuevas',
      removed: 'Personas eliminadas',
      'item-deleted': 'Elementos a la papelera',
      'item-purged': 'Eliminado para siempre',
      'item-renamed': 'Cambios de nombre',
      shared: 'Enlaces compartidos',
      'rule-changed': 'Reglas',
      'role-changed': 'Funciones',
      'notice-opened': 'Avisos',
      'backup-made': 'Copias de seguridad',
      started: 'Inicios del servidor',
    },
    empty: 'Todavía nada',
    emptyHint: 'Aquí aparece lo que hacen las personas.',
    more: 'Mostrar más',
    loading: 'Cargando la actividad',
  },
} satisfies Translation<typeof english>;
