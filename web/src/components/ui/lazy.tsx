import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useStores } from '../../stores/stores.ts';

/** A component whose code is fetched when it is first shown, so that the first page need not wait for it. */
export function lazy<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let fetched: ComponentType<P> | undefined;

  return function Lazy(props: P) {
    const { toasts } = useStores();
    const [Component, setComponent] = useState(() => fetched);
    useEffect(() => {
      if (Component) return;
      toasts.follow(
        load().then((component) => {
          fetched = component;
          setComponent(() => component);
        }),
      );
    }, []);
    return Component ? <Component {...props} /> : null;
  };
}
